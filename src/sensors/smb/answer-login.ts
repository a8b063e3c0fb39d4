import type { ActOf } from '../../model/act.ts';
import { bytesFromText } from '../../model/bytes.ts';
import type { Block, ReplyBlock } from '../../wire/smb1/blocks.ts';
import type { Header } from '../../wire/smb1/header.ts';
import { isExtended, isUnicode } from '../../wire/smb1/header.ts';
import { decodeDialects, encodeNegotiate, NO_DIALECT_REPLY } from '../../wire/smb1/negotiate.ts';
import { encodeChallenge, findNtlm } from '../../wire/smb1/ntlmssp.ts';
import type { SessionSetup } from '../../wire/smb1/session-setup.ts';
import { decodeSessionSetup, encodeSessionSetup } from '../../wire/smb1/session-setup.ts';
import { acceptCompleted, offerNtlm, wrapChallenge } from '../../wire/smb1/spnego.ts';
import type { Answer, Guest } from './guest.ts';
import { FIRST_ID, INVALID } from './guest.ts';

const DIALECT = 'NT LM 0.12';
const NO_TOKEN = Buffer.alloc(0);

export function answerNegotiate(block: Block, header: Header, guest: Guest): Answer {
  const dialects = decodeDialects(block);
  const seen = { dialects: dialects.map(bytesFromText) };
  const dialect = dialects.indexOf(DIALECT);
  if (dialect < 0) return { status: 'STATUS_SUCCESS', reply: NO_DIALECT_REPLY, seen };
  const { host: server, workgroup: domain, guid } = guest.personality;
  const security = isExtended(header)
    ? ({ kind: 'extended', guid, token: offerNtlm() } as const)
    : ({ kind: 'challenge', challenge: guest.challenge, domain, server } as const);
  return {
    status: 'STATUS_SUCCESS',
    reply: encodeNegotiate({ dialect, time: guest.now(), security }),
    seen,
  };
}

/** Lets everybody in: a name makes a guest of its bearer. Real clients come with either form (WannaCry with both). */
export function answerSessionSetup(block: Block, header: Header, guest: Guest): Answer {
  const setup = decodeSessionSetup(block, header);
  if (setup === undefined) return INVALID;
  const seen = setup.mixed ? { subcommand: 'mixed-forms' } : {};
  const found = setup.token === undefined ? undefined : findNtlm(setup.token);
  const reply = (token: Buffer | undefined, isGuest: boolean): ReplyBlock =>
    encodeSessionSetup({
      guest: isGuest,
      token,
      unicode: isUnicode(header),
      nativeOs: guest.personality.nativeOs,
      nativeLanMan: guest.personality.nativeLanMan,
      domain: guest.personality.workgroup,
    });
  if (found?.message.kind === 'negotiate') {
    const { challenge, personality } = guest;
    const token = encodeChallenge({ host: personality.host, challenge, time: guest.now() });
    return {
      status: 'STATUS_MORE_PROCESSING_REQUIRED',
      reply: reply(found.bare ? token : wrapChallenge(token), false),
      seen,
      uid: FIRST_ID,
    };
  }
  const who = found?.message.kind === 'authenticate' ? found.message : { ...setup, workstation: '' };
  const token = setup.token === undefined ? undefined : found?.bare === true ? NO_TOKEN : acceptCompleted();
  return {
    status: 'STATUS_SUCCESS',
    reply: reply(token, who.user !== ''),
    seen,
    login: loginOf(who, setup),
    uid: FIRST_ID,
  };
}

/** Longest name that is recorded. */
const NAME_LONGEST = 256;

function loginOf(
  { user, domain, workstation }: { user: string; domain: string; workstation: string },
  { nativeOs, nativeLanMan }: SessionSetup,
): ActOf<'smb.login'> {
  const kept = (text: string): string => bytesFromText(text.slice(0, NAME_LONGEST));
  return {
    type: 'smb.login',
    user: kept(user),
    domain: kept(domain),
    workstation: kept(workstation),
    nativeOs: kept(nativeOs),
    nativeLanMan: kept(nativeLanMan),
    accepted: true,
  };
}
