/** Published modules whose commands of this form run queries, not programs. */
const QUERIES = /^(redisql|zesql|rsql|sql|graph|ft|ai|rg|tfunction)\./;
const RUNS =
  /\.(exec|execute|rev|revshell|reverse|cmd|command|shell|sh|bash|system|popen|spawn|backdoor|pwn)$/;
const OWNERS = /^(system|systemexec|shell|cmd|exec|os|backdoor|revshell|rce|evil|pwn)\./;
/** HeadCrab's commands: rds and a letter. */
const HEADCRAB = /^rds[aspimcxr]$/;

/** True for commands that no published module brings, named for what they do: to run what they are given. */
export function isShellCommand(name: string): boolean {
  const lower = name.slice(0, 128).toLowerCase();
  return HEADCRAB.test(lower) || (!QUERIES.test(lower) && (RUNS.test(lower) || OWNERS.test(lower)));
}
