import { crc64 } from '../../redis/crc64.ts';

/** What a build puts into its identity. */
export interface BuildParts {
  readonly package: 'redis' | 'valkey';
  readonly upstream: string;
  /** `BUILD_ID`: seconds since 1970 UTC where SOURCE_DATE_EPOCH was set; host name and time elsewhere. */
  readonly buildId: string;
  /** Lines of `git diff`; 0 in a package. */
  readonly dirty?: string;
  /** Eight hex digits; zeros in a package. */
  readonly sha1?: string;
}

/**
 * `redis_build_id` as INFO prints it: the CRC-64 of version, build, dirty and commit, in hex without padding; Valkey
 * puts its name before them (`build_id_formula` in data/redis-cves.json; tried on running servers).
 */
export function redisBuildId(parts: BuildParts): string {
  const name = parts.package === 'valkey' ? 'valkey' : '';
  const text = `${name}${parts.upstream}${parts.buildId}${parts.dirty ?? '0'}${parts.sha1 ?? NO_COMMIT}`;
  return crc64(Buffer.from(text, 'latin1')).toString(16);
}

const NO_COMMIT = '00000000';
