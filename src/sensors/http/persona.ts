import { join } from 'node:path';
import { z } from 'zod';
import { packagedText, packageRoot, textFiles } from '../../platform/files.ts';

/**
 * One answer of a real server. What differs from time to time stands in braces: `{date}`, `{length}`, `{modified}`,
 * `{etag}`, `{location}`, `{connection}`, `{range}`, `{type}`, `{cookie}`, `{host}`, `{port}`, `{method}`.
 */
const RecordedAnswer = z.strictObject({
  status: z.number().int(),
  /** The status line without its end. */
  line: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** Empty when it is the content of the site. */
  body: z.string(),
});
export type RecordedAnswer = z.infer<typeof RecordedAnswer>;

/** What the HTTP sensor pretends to be, recorded by scripts/record-http-persona.ts: docs/http.md. */
export const HttpPersona = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  /** Whose order of checks it follows. */
  family: z.enum(['nginx', 'apache']),
  version: z.string(),
  /** The package that it was recorded from. */
  source: z.string(),
  /** Content type by the ending of a file. */
  types: z.record(z.string(), z.string()),
  /** By the name that the recorder gives them: a status, or what they are for. */
  answers: z.record(z.string(), RecordedAnswer),
});
export type HttpPersona = z.infer<typeof HttpPersona>;

export const DEFAULT_HTTP_PERSONA = 'nginx-1.22.1-debian-12';

const FOLDER = join('personas', 'http');
const ENDING = '.json';

export function httpPersonaNames(): string[] {
  return textFiles(join(packageRoot, FOLDER), ENDING).map(({ path }) => path.slice(0, -ENDING.length));
}

/** Undefined when there is none of this name. Throws when its file is damaged. */
export function findHttpPersona(name: string): HttpPersona | undefined {
  if (!httpPersonaNames().includes(name)) return undefined;
  return HttpPersona.parse(JSON.parse(packagedText(join(FOLDER, `${name}${ENDING}`))));
}

export function defaultHttpPersona(): HttpPersona {
  return HttpPersona.parse(JSON.parse(packagedText(join(FOLDER, `${DEFAULT_HTTP_PERSONA}${ENDING}`))));
}

/** The recorded answer of this name; a persona without it is damaged. */
export function recorded(persona: HttpPersona, name: string): RecordedAnswer {
  const answer = persona.answers[name];
  if (answer === undefined) throw new Error(`the HTTP persona ${persona.name} has no answer '${name}'`);
  return answer;
}
