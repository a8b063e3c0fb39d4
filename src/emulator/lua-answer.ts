import { createHash } from 'node:crypto';
import type { ByteString } from '../model/bytes.ts';
import { bulk, errorReply, integer, simpleString } from '../wire/resp-reply.ts';
import type { LuaToken } from './lua-tokens.ts';
import { luaTokens } from './lua-tokens.ts';

/** What a script is given. */
export interface LuaCall {
  readonly sha1: string;
  readonly keys: readonly ByteString[];
  readonly args: readonly ByteString[];
  /** Runs a command for the script and returns its reply in RESP2. */
  run(argv: readonly ByteString[]): ByteString;
}

/** A value a script can return; `reply` is one that a command gave. */
type LuaValue = ByteString | number | boolean | null | readonly LuaValue[] | { readonly reply: ByteString };

/** The script ends with this error, without the minus. */
class LuaError extends Error {}
/** The script says more than is understood here. */
class NotUnderstood extends Error {}

const LONGEST = 8_192;
const DEEPEST = 16;
const MOST_CALLS = 64;
const LONGEST_TEXT = 1_048_576;
/** Values and bytes of one reply: variables can name each other into any size. */
const MOST_VALUES = 10_000;
const LONGEST_REPLY = 16_777_216;
/** Globals of Lua 5.1 that the sandbox of 6.0 hides; Debian's package took `package` and its kin away as well. */
const HIDDEN = new Set(
  'cjson cmsgpack debug dofile getfenv io loadfile module newproxy os package require setfenv struct'.split(
    ' ',
  ),
);
/** What stays, as far as it matters for telling a missing global. */
const KNOWN = new Set(
  'and break do else elseif end false for function if in local nil not or repeat return then true until while redis KEYS ARGV math string table bit tostring tonumber type pairs ipairs next pcall error assert select unpack print load loadstring _VERSION _G coroutine xpcall rawget rawset setmetatable getmetatable'.split(
    ' ',
  ),
);

/**
 * The reply to a script, in RESP2, `$-1` for nil. Scripts are recorded, not run: what is worked out are the forms that
 * probes and simple clients are made of, a sequence of `redis.call(...)` and a `return`, without loops, functions or
 * arithmetic. The sandbox's refusals are told as 6.0 tells them; everything else is answered with nil.
 */
export function luaAnswer(script: ByteString, call: LuaCall): ByteString {
  const tokens = script.length > LONGEST ? undefined : luaTokens(script);
  if (tokens === undefined) return NIL;
  const broken = compileError(tokens);
  if (broken !== undefined) return errorReply(`ERR Error compiling script (new function): ${broken}`);
  const missing = missingGlobal(tokens);
  try {
    return encode(createReader(tokens, call).statements(), { values: MOST_VALUES, bytes: LONGEST_REPLY });
  } catch (error) {
    if (error instanceof LuaError) return errorReply(error.message);
    if (!(error instanceof NotUnderstood)) throw error;
    return missing === undefined ? NIL : errorReply(`${running(call)} ${missing}`);
  }
}

const NIL = '$-1\r\n';
const running = ({ sha1 }: LuaCall): string => `ERR Error running script (call to f_${sha1}):`;

/** The commonest slip: a word that is neither call nor assignment. */
function compileError([first, second]: readonly LuaToken[]): string | undefined {
  const free = first?.kind === 'name' && !KNOWN.has(first.text);
  if (!free) return undefined;
  if (second === undefined) return `user_script:${first.line}: '=' expected near '<eof>'`;
  if (second.kind === 'string' || '=.([{:,'.includes(second.text)) return undefined;
  return `user_script:${second.line}: '=' expected near '${second.text}'`;
}

function missingGlobal(tokens: readonly LuaToken[]): string | undefined {
  const own = new Set<string>();
  for (const [at, { kind, text, line }] of tokens.entries()) {
    const before = tokens[at - 1]?.text;
    if (before === 'local' || before === 'function') own.add(text);
    else if (kind === 'name' && HIDDEN.has(text) && !own.has(text) && before !== '.' && before !== ':') {
      return nonexistent(text, line);
    }
  }
  return undefined;
}

const nonexistent = (name: string, line: number): string =>
  `@enable_strict_lua:15: user_script:${line}: Script attempted to access nonexistent global variable '${name}'`;

function encode(value: LuaValue, left: { values: number; bytes: number }): ByteString {
  if (--left.values < 0 || left.bytes < 0) throw new NotUnderstood();
  const reply = encodeOne(value, left);
  left.bytes -= reply.length;
  return reply;
}

function encodeOne(value: LuaValue, left: { values: number; bytes: number }): ByteString {
  if (value === null || value === false) return NIL;
  if (value === true) return integer(1);
  if (typeof value === 'number') return integer(Math.trunc(value));
  if (typeof value === 'string') return bulk(value);
  if ('reply' in value) return value.reply;
  const end = value.indexOf(null);
  const items = end < 0 ? value : value.slice(0, end);
  return `*${items.length}\r\n${items.map((item) => encode(item, left)).join('')}`;
}

function createReader(tokens: readonly LuaToken[], call: LuaCall): { statements(): LuaValue } {
  let at = 0;
  let depth = 0;
  let calls = 0;
  const own = new Map<string, LuaValue>();

  const peek = (): ByteString | undefined => (tokens[at]?.kind === 'string' ? undefined : tokens[at]?.text);
  const is = (word: ByteString): boolean => {
    if (peek() !== word) return false;
    at++;
    return true;
  };
  const need = (word: ByteString): void => {
    if (!is(word)) throw new NotUnderstood();
  };
  const next = (): LuaToken => {
    const token = tokens[at++];
    if (token === undefined) throw new NotUnderstood();
    return token;
  };
  const list = (end: ByteString): LuaValue[] => {
    const found: LuaValue[] = [];
    while (!is(end)) {
      if (found.length > 0) need(',');
      found.push(expression());
    }
    return found;
  };
  const expression = (): LuaValue => {
    if (++depth > DEEPEST) throw new NotUnderstood();
    const value = operand();
    depth--;
    if (!is('..')) return value;
    const rest = expression();
    if (typeof value !== 'string' || typeof rest !== 'string') throw new NotUnderstood();
    if (value.length + rest.length > LONGEST_TEXT) throw new NotUnderstood();
    return value + rest;
  };
  const operand = (): LuaValue => {
    const token = next();
    if (token.kind === 'string') return token.text;
    if (token.kind === 'number') return Number(token.text);
    if (token.text === '-') return -Number(next().text);
    if (token.text === '{') return table();
    if (token.text === '#') return arguments_(next().text).length;
    return named(token);
  };
  /** A list; `{ok='...'}` and `{err='...'}` are replies of their own. */
  const table = (): LuaValue => {
    const kind = peek();
    if ((kind !== 'ok' && kind !== 'err') || tokens[at + 1]?.text !== '=') return list('}');
    at += 2;
    const text = expression();
    need('}');
    if (typeof text !== 'string') throw new NotUnderstood();
    return { reply: kind === 'ok' ? simpleString(text) : errorReply(text) };
  };
  const arguments_ = (name: ByteString): readonly ByteString[] => {
    if (name === 'KEYS') return call.keys;
    if (name === 'ARGV') return call.args;
    throw new NotUnderstood();
  };
  const named = ({ kind, text, line }: LuaToken): LuaValue => {
    if (kind !== 'name') throw new NotUnderstood();
    if (own.has(text)) return own.get(text) ?? null;
    switch (text) {
      case 'nil':
        return null;
      case 'true':
      case 'false':
        return text === 'true';
      case '_VERSION':
        return 'Lua 5.1';
      case 'KEYS':
      case 'ARGV':
        return element(arguments_(text));
      case 'tostring':
        return textOf(line);
      case 'redis':
        return library(line);
      default:
        if (KNOWN.has(text)) throw new NotUnderstood();
        throw new LuaError(`${running(call)} ${nonexistent(text, line)}`);
    }
  };
  const element = (items: readonly ByteString[]): LuaValue => {
    if (!is('[')) return items;
    const index = expression();
    need(']');
    return (typeof index === 'number' ? items[index - 1] : undefined) ?? null;
  };
  const textOf = (line: number): LuaValue => {
    need('(');
    const [value] = list(')');
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (value === null) return 'nil';
    throw new LuaError(
      `${running(call)} @user_script:${line}: bad argument #1 to 'tostring' (value expected)`,
    );
  };
  const library = (line: number): LuaValue => {
    need('.');
    const name = next().text;
    need('(');
    const given = list(')');
    const [first] = given;
    if (name === 'call' || name === 'pcall') return command(given, line, name === 'call');
    if (typeof first !== 'string') throw new NotUnderstood();
    if (name === 'sha1hex') return createHash('sha1').update(first, 'latin1').digest('hex');
    if (name === 'status_reply') return { reply: simpleString(first) };
    if (name === 'error_reply') return { reply: errorReply(first) };
    throw new NotUnderstood();
  };
  const command = (given: readonly LuaValue[], line: number, raises: boolean): LuaValue => {
    if (++calls > MOST_CALLS) throw new NotUnderstood();
    const argv = given.map((value) => {
      if (typeof value !== 'string' && typeof value !== 'number') throw new NotUnderstood();
      return String(value);
    });
    const reply =
      argv.length === 0 ? '-@Please specify at least one argument for redis.call()\r\n' : call.run(argv);
    // Errors of the call itself, not of the command, name the place twice.
    const text = reply.startsWith('-@') ? `@user_script: ${line}: ${reply.slice(2, -2)}` : reply.slice(1, -2);
    if (!reply.startsWith('-')) return reply === '*-1\r\n' || reply === NIL ? false : { reply };
    if (raises) throw new LuaError(`${running(call)} @user_script:${line}: ${text}`);
    return { reply: errorReply(text) };
  };
  const statement = (): void => {
    if (is('local')) {
      const name = next().text;
      need('=');
      own.set(name, expression());
      return;
    }
    const token = next();
    if (token.kind === 'name' && !KNOWN.has(token.text) && !own.has(token.text) && is('=')) {
      expression();
      throw new LuaError(
        `${running(call)} @enable_strict_lua:8: user_script:${token.line}: Script attempted to create global variable '${token.text}'`,
      );
    }
    if (token.text !== 'redis' && !HIDDEN.has(token.text)) throw new NotUnderstood();
    named(token);
  };
  return {
    statements: () => {
      while (at < tokens.length) {
        if (is(';')) continue;
        if (!is('return')) {
          statement();
          continue;
        }
        const value = at >= tokens.length || peek() === ';' ? null : expression();
        is(';');
        if (at < tokens.length) throw new NotUnderstood();
        return value;
      }
      return null;
    },
  };
}
