import type { ByteString } from '../../model/bytes.ts';
import { SecLangFault } from './fault.ts';
import { parseMacro } from './macro.ts';
import type { Actions, Ctl, SetVar } from './rule.ts';

type Draft = { -readonly [K in keyof Actions]: Actions[K] extends readonly (infer T)[] ? T[] : Actions[K] };

/** A list of actions: `id:1,phase:2,t:none,msg:'a, b',chain`. */
export function parseActions(text: ByteString): Actions {
  const draft: Draft = {
    id: 0,
    phase: 0,
    transformations: [],
    fresh: false,
    chain: false,
    capture: false,
    multiMatch: false,
    silent: false,
    message: '',
    severity: '',
    tags: [],
    skipAfter: undefined,
    setVars: [],
    ctls: [],
  };
  for (const part of parts(text)) take(draft, part);
  return draft;
}

function parts(text: ByteString): string[] {
  const found: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === "'") quoted = !quoted;
    else if (character === ',' && !quoted) {
      found.push(text.slice(from, at));
      from = at + 1;
    }
  }
  if (quoted) throw new SecLangFault('a single quote among the actions is not closed');
  found.push(text.slice(from));
  return found.map((part) => part.trim()).filter((part) => part !== '');
}

function take(draft: Draft, part: ByteString): void {
  const colon = part.indexOf(':');
  const name = (colon < 0 ? part : part.slice(0, colon)).toLowerCase();
  const value = colon < 0 ? '' : unquoted(part.slice(colon + 1));
  const reader = READERS[name];
  if (reader !== undefined) reader(draft, value);
  else if (!WITHOUT_BEARING.has(name)) throw new SecLangFault(`the action ${name} is not known`);
}

const READERS: Readonly<Record<string, (draft: Draft, value: ByteString) => void>> = {
  id: (draft, value) => {
    draft.id = number(value, 'id');
  },
  phase: (draft, value) => {
    draft.phase = PHASES[value.toLowerCase()] ?? number(value, 'phase');
  },
  t: (draft, value) => {
    const name = value.toLowerCase();
    if (name !== 'none') draft.transformations.push(name);
    else {
      draft.transformations = [];
      draft.fresh = true;
    }
  },
  chain: (draft) => {
    draft.chain = true;
  },
  capture: (draft) => {
    draft.capture = true;
  },
  multimatch: (draft) => {
    draft.multiMatch = true;
  },
  nolog: (draft) => {
    draft.silent = true;
  },
  log: (draft) => {
    draft.silent = false;
  },
  msg: (draft, value) => {
    draft.message = value;
  },
  severity: (draft, value) => {
    draft.severity = SEVERITIES[Number(value)] ?? value.toUpperCase();
  },
  tag: (draft, value) => {
    draft.tags.push(value);
  },
  skipafter: (draft, value) => {
    draft.skipAfter = value;
  },
  setvar: (draft, value) => {
    draft.setVars.push(parseSetVar(value));
  },
  ctl: (draft, value) => {
    draft.ctls.push(parseCtl(value));
  },
};

/** What blocks, logs, or keeps state between requests: nothing here does. */
const WITHOUT_BEARING = new Set(
  'pass block deny drop allow redirect proxy status auditlog noauditlog logdata ver rev maturity accuracy initcol expirevar deprecatevar setsid setuid setenv setrsc sanitisearg sanitisematched sanitisematchedbytes sanitiserequestheader exec append prepend pause xmlns'.split(
    ' ',
  ),
);

const PHASES: Readonly<Record<string, number>> = { request: 2, response: 4, logging: 5 };
const SEVERITIES = ['EMERGENCY', 'ALERT', 'CRITICAL', 'ERROR', 'WARNING', 'NOTICE', 'INFO', 'DEBUG'];

function number(value: ByteString, what: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new SecLangFault(`${what} is ${value}, not a number`);
  return Number(value);
}

function unquoted(value: ByteString): ByteString {
  return value.length > 1 && value.startsWith("'") && value.endsWith("'")
    ? value.slice(1, -1).replaceAll("\\'", "'")
    : value;
}

function parseSetVar(text: ByteString): SetVar {
  const unset = text.startsWith('!');
  const equals = text.indexOf('=');
  const place = text.slice(unset ? 1 : 0, equals < 0 ? undefined : equals).trim();
  const dot = place.search(/[.:]/);
  if (dot < 0) throw new SecLangFault(`setvar names no collection: ${text}`);
  const value = equals < 0 ? '1' : text.slice(equals + 1);
  const sign = value[0];
  const change = unset
    ? 'unset'
    : equals >= 0 && sign === '+'
      ? 'add'
      : equals >= 0 && sign === '-'
        ? 'subtract'
        : 'set';
  return {
    collection: place.slice(0, dot).toLowerCase(),
    name: parseMacro(place.slice(dot + 1)),
    change,
    value: parseMacro(change === 'add' || change === 'subtract' ? value.slice(1) : value),
  };
}

function parseCtl(text: ByteString): Ctl {
  const equals = text.indexOf('=');
  if (equals < 0) throw new SecLangFault(`ctl has no value: ${text}`);
  return { name: text.slice(0, equals).trim().toLowerCase(), value: text.slice(equals + 1).trim() };
}
