/** One column of a list: how an item reads in a table and in CSV. */
export interface Column<T> {
  /** Field name in CSV. */
  readonly name: string;
  /** Head of the column in a table. */
  readonly title: string;
  /** Already printable: one line without control characters. */
  readonly cell: (item: T) => string;
  readonly align?: 'right';
  /** In a table only this many characters are shown; CSV has them all. */
  readonly width?: number;
  /** Left out of tables, shown in CSV. */
  readonly csvOnly?: boolean;
}

/** A kind of list: its columns, and the time its `--since` and `--until` look at. */
export interface ListView<T> {
  readonly columns: readonly Column<T>[];
  /** Milliseconds since 1970 UTC. */
  readonly time?: (item: T) => number;
  /** Left out unless asked for. */
  readonly noise?: (item: T) => boolean;
}
