export interface Endpoint {
  readonly host: string;
  /** NaN when what stands behind the last colon is no number. */
  readonly port: number;
}

/** The parts of `host:port`, with IPv6 in brackets or, as old servers write it, without. */
export function endpointParts(text: string): Endpoint {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}
