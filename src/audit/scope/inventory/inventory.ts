/** A server that an export names. */
export interface ListedServer {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** What the export calls it: `pod shop/cache-0`. Not yet made printable. */
  readonly name: string;
}

export interface Inventory {
  /** What was recognised: `Kubernetes`, `nmap`. */
  readonly kind: string;
  readonly servers: readonly ListedServer[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/** Reads one kind of export. Undefined: it is another kind. */
export type InventoryReader = (document: unknown) => Omit<Inventory, 'kind'> | undefined;
