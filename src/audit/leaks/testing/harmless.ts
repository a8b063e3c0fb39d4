import { alnum, hex, run } from './planted.ts';

const digits = (length: number, seed: number): string => run(length, '0123456789', seed);

/** Values full of numbers, none of which is a person's: ids, counters, times, UUIDs, digests, floats, coordinates. */
export function numberHeavyValues(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const seed = at + 1;
    const time = 1_600_000_000_000 + at * 86_413_337;
    switch (at % 20) {
      case 0:
        return String(time);
      case 1:
        return digits(16, seed);
      case 2:
        return `{"id":${digits(18, seed)},"ts":${time},"count":${digits(7, seed)}}`;
      case 3:
        return `${hex(8, seed)}-${hex(4, seed)}-4${hex(3, seed)}-a${hex(3, seed)}-${hex(12, seed)}`;
      case 4:
        return hex(40, seed);
      case 5:
        return `{"lat":${(at % 90) + 0.123_456_789},"lon":-${(at % 180) + 0.987_654_321}}`;
      case 6:
        return `order:${digits(10, seed)}:${digits(12, seed)}`;
      case 7:
        return JSON.stringify(Array.from({ length: 12 }, (__, n) => Number(digits(10, seed + n))));
      case 8:
        return `${digits(4, seed)},${digits(4, seed + 1)},${digits(4, seed + 2)},${digits(4, seed + 3)}`;
      case 9:
        return `{"etag":"\\"${hex(32, seed)}\\"","size":${digits(9, seed)},"mtime":${time / 1_000}}`;
      case 10:
        return `HTTP 200 ${digits(3, seed)}ms bytes=${digits(8, seed)} trace=${hex(32, seed)} span=${hex(16, seed)}`;
      case 11:
        return `${(at % 28) + 1}.${(at % 12) + 1}.2024 ${digits(2, seed)}:${digits(2, seed)} ${digits(6, seed)}.${digits(2, seed)}`;
      case 12:
        return `{"snowflake":"${digits(19, seed)}","imei":"${digits(15, seed)}","isbn":"978${digits(10, seed)}"}`;
      case 13:
        return `v${at % 9}.${at % 30}.${at % 100} build ${digits(9, seed)} commit ${hex(40, seed)}`;
      case 14:
        return `10.${at % 256}.${(at >> 3) % 256}.7:${1_024 + (at % 60_000)} ${digits(12, seed)} ${digits(11, seed)}`;
      case 15:
        return `{"invoice":"INV-2024-${digits(8, seed)}","amount":${digits(5, seed)}.${digits(2, seed)},"nonce":"${alnum(24, seed)}"}`;
      case 16:
        return Array.from({ length: 8 }, (__, n) => digits(13, seed + n)).join(' ');
      case 17:
        return `a:2:{s:2:"id";i:${digits(9, seed)};s:4:"time";d:${time / 1_000};}`;
      case 18:
        return `${time}-${at % 7}|${digits(9, seed)}|${digits(11, seed)}|${digits(14, seed)}`;
      default:
        return `sku ${run(3, 'ABCDEFGHJK', seed)}-${digits(4, seed)}-${digits(5, seed)} x${at % 9}, ${digits(3, seed)}-${digits(3, seed)}-${digits(3, seed)}`;
    }
  });
}

/** What applications keep: sessions without a login, jobs, fragments of pages, settings, lists of ids. */
export function ordinaryValues(count: number): string[] {
  const words =
    'the quick task of each worker is to render pages and keep the high water mark of every shop basket'.split(
      ' ',
    );
  return Array.from({ length: count }, (_, at) => {
    const seed = at + 1;
    switch (at % 8) {
      case 0:
        return String(at);
      case 1:
        return JSON.stringify({
          jobId: at,
          name: 'resize',
          data: { file: `/var/media/${hex(16, seed)}.jpg`, width: 640 },
          attempts: 3,
        });
      case 2:
        return `<div class="card"><h2>${words[at % words.length] ?? ''}</h2><p>${words.join(' ')}</p><a href="https://shop.example/p/${at}">more</a></div>`;
      case 3:
        return `a:3:{s:4:"lang";s:2:"en";s:4:"cart";a:0:{}s:4:"seen";i:${1_700_000_000 + at};}`;
      case 4:
        return Array.from({ length: 20 }, (__, n) => words[(at + n) % words.length]).join(' ');
      case 5:
        return JSON.stringify({
          ok: true,
          items: Array.from({ length: 6 }, (__, n) => ({ id: at + n, price: n * 1.5, tag: words[n] })),
        });
      case 6:
        return `${hex(8, seed)}-${hex(4, seed)}-4${hex(3, seed)}-b${hex(3, seed)}-${hex(12, seed)}`;
      default:
        return alnum(40, seed);
    }
  });
}
