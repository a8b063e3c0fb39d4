/** Object identifiers: SPNEGO 1.3.6.1.5.5.2, NTLMSSP 1.3.6.1.4.1.311.2.2.10. */
const SPNEGO = Buffer.from('06062b0601050502', 'hex');
const NTLMSSP = Buffer.from('060a2b06010401823702020a', 'hex');

/** One DER element. Lengths here stay below 64 KiB. */
function element(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : [0x82, Math.floor(length / 0x100), length % 0x100];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

/** The server's first word in a negotiation: NTLMSSP is all it knows (RFC 4178, 4.2.1). */
export function offerNtlm(): Buffer {
  return element(0x60, SPNEGO, element(0xa0, element(0x30, element(0xa0, element(0x30, NTLMSSP)))));
}

/** Wraps a challenge: "accept-incomplete" (RFC 4178, 4.2.2). */
export function wrapChallenge(token: Buffer): Buffer {
  const state = element(0xa0, element(0x0a, Buffer.from([1])));
  return element(0xa1, element(0x30, state, element(0xa1, NTLMSSP), element(0xa2, element(0x04, token))));
}

/** "accept-completed". */
export function acceptCompleted(): Buffer {
  return element(0xa1, element(0x30, element(0xa0, element(0x0a, Buffer.from([0])))));
}
