import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCrs } from './load.ts';
import { loadNativeEngine } from './regex/native.ts';
import type { CrsRequest } from './request/request.ts';

const native = loadNativeEngine();

function load(rules: string, data: Readonly<Record<string, string>> = {}, hasNative = true) {
  return loadCrs(
    { files: [{ name: 'REQUEST-942-TEST.conf', text: rules }], data: (name) => data[name] },
    hasNative ? native : undefined,
  );
}

function request(target: string, parts: Partial<CrsRequest> = {}): CrsRequest {
  return {
    method: 'GET',
    target,
    version: '1.1',
    headers: [['Host', 'shop.example']],
    body: '',
    remote: { address: '192.0.2.1', port: 1000 },
    id: 'x',
    ...parts,
  };
}

function ids(rules: string, target: string, parts: Partial<CrsRequest> = {}): number[] {
  return load(rules)
    .judge(request(target, parts))
    .map(({ about }) => about.id);
}

const post = (type: string, body: string): Partial<CrsRequest> => ({
  method: 'POST',
  headers: [['Content-Type', type]],
  body,
});

describe('rules over requests', () => {
  test.for([
    ['SecRule ARGS:q "@streq a b" "id:1"', '/?q=a+b', true],
    ['SecRule ARGS|!ARGS:q "@rx ." "id:1"', '/?Q=1', false],
    ['SecRule ARGS_NAMES "@rx ^__proto__" "id:1"', '/?__proto__[x]=1', true],
    ['SecRule &ARGS "@gt 2" "id:1"', '/?a=1&a=2&a=3', true],
    ['SecRule ARGS_COMBINED_SIZE "@eq 4" "id:1"', '/?a=1&b=2', true],
    ['SecRule REQUEST_FILENAME "@endsWith /b c" "id:1"', '/a/b%20c?x', true],
    ['SecRule REQUEST_BASENAME "@streq c.php" "id:1"', '/a/c.php?d=/e', true],
    ['SecRule REQUEST_URI "@beginsWith /a" "id:1"', 'http://shop.example/a', true],
    ['SecRule REQUEST_URI_RAW "@contains %2e" "id:1"', '/%2e%2e', true],
    ['SecRule QUERY_STRING "@contains %20" "id:1"', '/?a%20b', true],
    ['SecRule REQUEST_LINE "@rx ^GET / HTTP/1.1$" "id:1"', '/', true],
    ['SecRule REQUEST_HEADERS:host "!@within a.example shop.example" "id:1"', '/', false],
    ['SecRule REMOTE_ADDR "@ipMatch 192.0.2.0/24,::1" "id:1"', '/', true],
    ['SecRule ARGS "@pm select |75 6e|ion" "id:1"', '/?a=xUNIONx', true],
    ['SecRule ARGS "@validateByteRange 32-126" "id:1"', '/?a=%00', true],
    ['SecRule REQUEST_URI_RAW "@validateUrlEncoding" "id:1"', '/%zz', true],
    ['SecRule ARGS "@validateUtf8Encoding" "id:1"', '/?a=%c0%af', true],
    ['SecRule ARGS "@rx <script" "id:1,t:none,t:htmlEntityDecode,t:lowercase"', '/?a=%26lt;SCRIPT', true],
    ['SecRule ARGS "@rx ^%2541$" "id:1,multiMatch,t:none,t:urlDecodeUni"', '/?a=%252541', true],
    ['SecRule ARGS "@rx x" "id:1,phase:3"', '/?a=x', false],
    [
      'SecRule TX:/^score_/ "@ge 2" "id:2"\nSecRule ARGS "@rx ." "id:1,phase:1,nolog,setvar:tx.score_a=+1"',
      '/?a=1&b=2',
      true,
    ],
  ] as const)('%s on %s', ([rules, target, wanted]) => {
    expect(ids(rules, target).length > 0).toBe(wanted);
  });

  test('chains compare what was captured', () => {
    const rules =
      'SecRule ARGS "@rx (\\d+)=(\\d+)" "id:1,capture,chain"\n SecRule TX:1 "@streq %{TX.2}" "t:none"';
    expect(ids(rules, '/?a=12%3d12')).toEqual([1]);
    expect(ids(rules, '/?a=12%3d13')).toEqual([]);
  });

  test('chains see what the rules before matched, and only in this chain', () => {
    const rules = `SecRule ARGS "@rx a" "id:1,nolog"
SecRule ARGS "@rx b" "id:2,chain"
 SecRule MATCHED_VAR_NAME "@streq ARGS:y" "chain"
 SecRule MATCHED_VARS "@rx c" ""`;
    expect(ids(rules, '/?x=ac&y=bc')).toEqual([2]);
    expect(ids(rules, '/?x=ac&y=b')).toEqual([]);
  });

  test('skips to a marker, and to the end when there is none', () => {
    const gate = (to: string) =>
      `SecAction "id:1,nolog,skipAfter:${to}"\nSecRule ARGS "@rx ." "id:2"\nSecMarker END\nSecRule ARGS "@rx ." "id:3"`;
    expect(ids(gate('END'), '/?a=1')).toEqual([3]);
    expect(ids(gate('NOWHERE'), '/?a=1')).toEqual([]);
  });

  test('ctl takes away rules and variables', () => {
    const rules = (ctl: string) => `SecAction "id:1,phase:1,nolog,ctl:${ctl}"
SecRule ARGS "@rx x" "id:2,tag:'attack-xss'"
SecRule REQUEST_FILENAME "@rx x" "id:3,tag:'attack-xss'"`;
    expect(ids(rules('ruleRemoveById=2'), '/x?a=x')).toEqual([3]);
    expect(ids(rules('ruleRemoveByTag=attack-xss'), '/x?a=x')).toEqual([]);
    expect(ids(rules('ruleRemoveTargetById=2;ARGS:a'), '/x?a=x')).toEqual([3]);
    expect(ids(rules('ruleRemoveTargetByTag=attack-xss;REQUEST_FILENAME'), '/x?a=x')).toEqual([2]);
    expect(ids(rules('ruleEngine=Off'), '/x?a=x')).toEqual([]);
  });

  test.for([
    ['application/x-www-form-urlencoded', 'b=needle', 'ARGS:b'],
    ['application/json', '{"a":[1,{"b":"needle"}]}', 'ARGS:json.a.array_1.b'],
    ['text/xml', '<a>nee<b>dle</b></a>', 'XML:/*'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="f"\r\n\r\nneedle\r\n--x--',
      'ARGS:f',
    ],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="f"; filename="needle"\r\n\r\n\r\n--x--',
      'FILES:f',
    ],
    ['text/plain', 'needle', 'REQUEST_BODY'],
  ] as const)('looks into a body of %s', ([type, body, variable]) => {
    const hits = load(
      'SecRule ARGS|FILES|XML:/* "@rx needle" "id:1,msg:\'m\',tag:\'attack-lfi\',tag:\'paranoia-level/2\'"\nSecRule REQUEST_BODY "@rx needle" "id:2"',
    ).judge(request('/', post(type, body)));
    expect(hits.map((hit) => hit.variable)).toContain(variable);
  });

  test('tells class, level and message of a rule', () => {
    const [hit] = load(
      "SecRule ARGS \"@rx needle\" \"id:1,msg:'m',tag:'attack-lfi',tag:'paranoia-level/2',severity:'CRITICAL'\"",
    ).judge(request('/?a=needle'));
    expect(hit?.about).toMatchObject({
      id: 1,
      class: 'attack-lfi',
      paranoia: 2,
      message: 'm',
      severity: 'CRITICAL',
      detects: true,
    });
  });

  test('phrases come from files beside the rules; a missing one is a fault', () => {
    const rules = 'SecRule ARGS "@pmFromFile words.data" "id:1"';
    expect(
      load(rules, { 'words.data': '# note\n/etc/passwd\n' }).judge(request('/?a=../ETC/passwd')),
    ).toHaveLength(1);
    expect(load(rules).faults).toHaveLength(1);
  });

  test.runIf(native !== undefined)('libinjection tells SQL and markup', () => {
    const rules = 'SecRule ARGS "@detectSQLi" "id:1"\nSecRule ARGS "@detectXSS" "id:2"';
    expect(ids(rules, "/?a=1'+or+'1'%3d'1")).toEqual([1]);
    expect(ids(rules, '/?a=%3Cscript%3Ealert(1)')).toEqual([2]);
    expect(ids(rules, '/?a=a+red+shirt')).toEqual([]);
    expect(ids(rules, `/?a=${'x+'.repeat(4000)}1'+union+select+1,2--`)).toEqual([1]);
  });

  test('without the native engine the loss is told once, and nothing else changes', () => {
    const rules =
      'SecRule ARGS "@detectSQLi" "id:1"\nSecRule ARGS "@detectXSS" "id:2"\nSecRule ARGS "@rx (?:a+)+b" "id:3"';
    const crs = load(rules, {}, false);
    expect(crs.losses).toHaveLength(1);
    expect(crs.losses[0]).toContain('1, 2');
    expect(crs.judge(request(`/?x=${'a'.repeat(6000)}b`)).map(({ about }) => about.id)).toEqual([3]);
  });

  test('long values are matched in one piece, wherever the match is', () => {
    const rules = 'SecRule ARGS "@rx ^a+needle$" "id:1"\nSecRule ARGS "@rx ^needle" "id:2"';
    expect(ids(rules, `/?x=${'a'.repeat(9000)}needle`)).toEqual([1]);
  });

  test('no request makes it throw', () => {
    const crs =
      load(`SecRule ARGS|ARGS_NAMES|REQUEST_COOKIES|REQUEST_HEADERS|XML:/*|FILES|REQUEST_BODY|REQUEST_URI_RAW "@rx (.)(a+)+$" "id:1,capture,t:none,t:urlDecodeUni,t:jsDecode,t:cssDecode,chain"
 SecRule ARGS "@rx ^%{TX.1}$" "setvar:'tx.x_%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'"
SecRule ARGS "@ipMatch 10.0.0.0/8" "id:2"`);
    const text = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
      maxLength: 60,
    });
    const type = fc.constantFrom(
      'application/json',
      'text/xml',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      '',
    );
    fc.assert(
      fc.property(text, text, text, type, text, (method, target, header, contentType, body) => {
        const headers = [
          ['Cookie', header],
          [header, header],
          ['Content-Type', contentType],
        ] as const;
        expect(() => crs.judge(request(target, { method, headers, body: `--x${body}` }))).not.toThrow();
      }),
    );
  });
});
