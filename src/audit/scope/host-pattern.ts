/** A host name, or `*.example.org` for all names below one. Lower case, without the dot at the end. */
export type HostPattern = string;

const NAME = /^(\*\.)?[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63}){0,20}$/;

export function parseHostPattern(text: string): HostPattern | undefined {
  const name = hostName(text);
  // 192.0.2.999 and 1.2.3 are broken addresses, no names.
  if (name.length > 253 || !NAME.test(name) || /^[\d.]+$/.test(name)) return undefined;
  return name;
}

export function hostName(text: string): string {
  return text.slice(0, 300).toLowerCase().replace(/\.$/, '');
}

/** The patterns a name can meet, the narrowest first: itself, then all above it. */
export function patternsFor(host: string): HostPattern[] {
  const labels = hostName(host).split('.').slice(0, 64);
  return [labels.join('.'), ...labels.slice(1).map((_, at) => `*.${labels.slice(at + 1).join('.')}`)];
}
