import { errorReply, OK } from '../../wire/resp-reply.ts';
import type { Family } from '../command.ts';
import { isValkey, since } from '../version.ts';

const disabled = (): string => errorReply('ERR This instance has cluster support disabled');

/** Of a server that stands alone. */
export const cluster: Family = {
  cluster: disabled,
  asking: disabled,
  readonly: (call) => (isValkey(call) ? OK : disabled()),
  readwrite: (call) => (isValkey(call) || !since(call, 7) ? OK : disabled()),
};
