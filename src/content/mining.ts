import type { ByteString } from '../model/bytes.ts';
import { walletsIn } from './wallets.ts';

/** What tells coin mining; two different ones are a finding, one is a hint. */
export type MiningSign = 'stratum' | 'pool' | 'wallet' | 'program' | 'settings' | 'rivals';

/** Of a text, what is looked at. */
const LOOKED_AT = 65_536;

/**
 * Methods of the Stratum protocol and its URLs, hosts of public pools, programs, their options and settings, and commands that
 * end the miners of others. Facts: Stratum (mining.*), xmrig's STRATUM_EXT and configuration, pools by their own names.
 */
const SIGNS: readonly (readonly [MiningSign, RegExp])[] = [
  [
    'stratum',
    /stratum\d?(?:\+(?:tcp|ssl|tls|udp))?:\/\/|"mining\.(?:subscribe|authorize|submit|notify|set_difficulty|configure|extranonce\.subscribe)"|"(?:eth_submitLogin|eth_getWork|eth_submitWork|keepalived)"|"method"\s*:\s*"login"[^}]{0,200}"(?:agent|rigid|algo)"/i,
  ],
  [
    'pool',
    /(?:minexmr|supportxmr|moneroocean|nanopool|2miners|hashvault|dwarfpool|c3pool|monerohash|xmrpool|minergate|crypto-pool|unmineable|herominers|f2pool|ethermine|nicehash|miningpoolhub|poolin|antpool|viabtc|ntminerpool|xmr\.pt)\b|\b(?:pool|xmr|mine|miner|monero)[\w-]{0,20}\.[\w.-]{2,60}:(?:[1-9]\d{3,4}|80|443)\b/i,
  ],
  [
    'program',
    /\b(?:xmrig|xmr-?stak|cpuminer|minerd|ccminer|nanominer|nbminer|lolminer|t-rex|phoenixminer|kdevtmpfsi|kinsing|sysrv|watchbog|pwnrig|cryptonight|randomx|coinhive)\b/i,
  ],
  [
    'settings',
    /"donate-level"\s*:|--donate-level|"(?:pool_address|wallet_address|rig-id|use_nicehash|randomx)"\s*:|--(?:rig-id|nicehash|cpu-priority|tls-fingerprint|coin[= ]monero|algo[= ]rx)|"pools"\s*:\s*\[/i,
  ],
  [
    'rivals',
    /(?:p?kill(?:all)?\s+(?:-\w+\s+)*(?:-f\s+)?["']?|grep\s+(?:-\w+\s+)*["']?)(?:xmr|minerd|cpuminer|cryptonight|kinsing|kdevtmpfsi|stratum|monero|watchbog|ddgs|qW3xT|pool)|crypto-pool|nr_hugepages|wrmsr\s|modprobe\s+msr/i,
  ],
];

/** Each kind once. Linear in the text. */
export function miningSigns(text: ByteString): MiningSign[] {
  const head = text.slice(0, LOOKED_AT);
  const signs = SIGNS.filter(([, expression]) => expression.test(head)).map(([sign]) => sign);
  return walletsIn(head, 1).length > 0 ? ['wallet', ...signs] : signs;
}
