import type { SubjectKind } from '../model/audit-report.ts';

/** What is judged: a server that is asked, or the files one leaves behind. */
export interface Subject {
  readonly kind: SubjectKind;
  /** As asked for, without any password; safe to print. */
  readonly text: string;
  /** Empty for files. */
  readonly host: string;
  /** 0 for files and Unix sockets. */
  readonly port: number;
  readonly tls: boolean;
  readonly user?: string;
  readonly password?: string;
  /** Path of the Unix socket. */
  readonly socket?: string;
  /** Only this database is looked at. */
  readonly db?: number;
}
