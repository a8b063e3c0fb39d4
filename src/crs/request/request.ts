import type { ByteString } from '../../model/bytes.ts';

/** A request to be judged; bytes throughout. */
export interface CrsRequest {
  readonly method: ByteString;
  readonly target: ByteString;
  /** `1.1` */
  readonly version: ByteString;
  readonly headers: readonly (readonly [ByteString, ByteString])[];
  /** Without its transfer coding. */
  readonly body: ByteString;
  readonly remote: { readonly address: string; readonly port: number };
  /** Names the request; decides nothing but what a rule set samples by it. */
  readonly id: string;
}

/** Bodies are looked at up to here: ModSecurity's recommended SecRequestBodyNoFilesLimit. */
export const MOST_BODY = 131_072;
/** And arguments up to here: its recommended SecArgumentsLimit. */
export const MOST_ARGUMENTS = 1000;
