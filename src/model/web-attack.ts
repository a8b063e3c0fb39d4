import { z } from 'zod';

/** Classes of web attacks, as the second word of the ids of rules on HTTP requests names them. */
export const WebClass = z.enum([
  'sql-injection',
  'xss',
  'command-injection',
  'file-inclusion',
  'remote-inclusion',
  'server-side-request',
  'php-injection',
  'java-injection',
  'template-injection',
  'node-injection',
  'xml-injection',
  'ldap-injection',
  'header-injection',
  'session-fixation',
  'web-shell',
  'malicious-upload',
  'mining',
  'credential-guessing',
]);
export type WebClass = z.infer<typeof WebClass>;

export const WEB_CLASS_TITLES: Readonly<Record<WebClass, string>> = {
  'sql-injection': 'SQL injection',
  xss: 'Cross-site scripting',
  'command-injection': 'Command injection (remote code execution)',
  'file-inclusion': 'File inclusion and path traversal',
  'remote-inclusion': 'Remote file inclusion',
  'server-side-request': 'Server-side request forgery',
  'php-injection': 'PHP code injection',
  'java-injection': 'Java, Struts, Spring and Log4j injection',
  'template-injection': 'Template injection',
  'node-injection': 'Node.js injection and prototype pollution',
  'xml-injection': 'XML entities and XPath',
  'ldap-injection': 'LDAP injection',
  'header-injection': 'Header injection and request splitting',
  'session-fixation': 'Session fixation',
  'web-shell': 'Web shells and known holes',
  'malicious-upload': 'Malicious upload',
  mining: 'Coin mining',
  'credential-guessing': 'Credential guessing',
};

/** Rules that tell a scanner by what a visit does, or by the name it gives itself. */
const SCANNING = new Set(['http.content-discovery', 'http.vulnerability-scan', 'http.scanner-agent']);

/** The class of attack that a rule tells; undefined for rules on anything else, and for hints. */
export function webClassOf(rule: string): WebClass | undefined {
  const [door, name] = rule.split('.');
  return door === 'http' ? WebClass.safeParse(name).data : undefined;
}

export function tellsScanner(rule: string): boolean {
  return SCANNING.has(rule) || rule.startsWith('http.tool.');
}
