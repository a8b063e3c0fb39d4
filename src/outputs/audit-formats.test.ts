import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { JudgedReport } from '../analysis/judged-report.ts';
import type { FormatName } from './audit-formats.ts';
import { createFormat, formatOfFile, FormatName as Name } from './audit-formats.ts';
import { exampleFinding, exampleReport, hostileReport } from './example-report.ts';
import type { FormatContext } from './report-format.ts';
import { sarif } from './sarif.ts';
import { plain } from './style.ts';

const CONTEXT: FormatContext = {
  version: '1.2.3',
  started: Date.UTC(2026, 10, 1),
  style: plain,
  width: 0,
  verbose: false,
  checks: [
    {
      id: 'audit.exposed.bind',
      axis: 'exposed',
      title: 'It listens only where it has to',
      reads: ['CONFIG GET bind'],
      depth: 'L2',
    },
  ],
};

function written(name: FormatName, ...reports: JudgedReport[]): string {
  const format = createFormat(name, CONTEXT);
  return [format.begin(), ...reports.map((report) => format.add(report)), format.end()].join('');
}

describe('every format', () => {
  test.for(Name.options)('%s holds no character that acts, whatever a server says', (name) => {
    const text = written(name, hostileReport());

    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\ud800]/);
  });

  test.for([
    ['a/b.sarif', 'sarif'],
    ['x.JSON', 'json'],
    ['x.xml', 'junit'],
    ['x.prom', 'prometheus'],
    ['x.exe', undefined],
    ['sarif', undefined],
  ] as const)('a file named %s is %s', ([path, format]) => {
    expect(formatOfFile(path)).toBe(format);
  });
});

describe('JSON', () => {
  test('is an array with one report a line', () => {
    const text = written('json', exampleReport(), exampleReport());

    expect(JSON.parse(text)).toEqual([exampleReport(), exampleReport()]);
    expect(text.trimEnd().split('\n')).toHaveLength(4);
    expect(JSON.parse(written('json'))).toEqual([]);
  });
});

describe('text', () => {
  test('says what to do first, and names the steps at the findings', () => {
    const text = written('text', exampleReport());

    expect(text).toContain('redis://192.0.2.7:6379  EXPOSED');
    expect(text.indexOf('At once')).toBeLessThan(text.indexOf('In redis.conf'));
    expect(text).toMatch(/DO THIS NOW[\s\S]+ 1\. At once:\n +redis-cli -h 192\.0\.2\.7 CONFIG SET/);
    expect(text).toContain('do: steps 1, 2');
  });

  test('isolates, keeps evidence and rebuilds before it sets anything, where there was an attack', () => {
    const { axes } = exampleReport();
    const text = written(
      'text',
      exampleReport({
        rung: 'attacked',
        axes: { ...axes, infected: { answer: 'yes', because: 'Attacked.' } },
      }),
    );

    const order = ['Isolate', 'Keep the evidence', 'Rotate', 'Rebuild', 'At once'].map((word) =>
      text.indexOf(word),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  });

  test('forges no line', () => {
    expect(
      written('text', hostileReport())
        .split('\n')
        .some((line) => line.startsWith('forged')),
    ).toBe(false);
  });
});

describe('a table', () => {
  test('has the worst server first', () => {
    const closed = exampleReport({ target: 'redis://192.0.2.1:6379', rung: 'closed', findings: [] });
    const lines = written('table', closed, exampleReport()).split('\n');

    expect(lines[1]).toMatch(/^redis:\/\/192\.0\.2\.7:6379 {2}redis 7\.4\.11 {2}EXPOSED .*high It listens/);
    expect(lines[2]).toMatch(/^redis:\/\/192\.0\.2\.1:6379 {2}redis 7\.4\.11 {2}CLOSED/);
  });
});

describe('CSV', () => {
  test('starts no cell with a formula, and keeps servers without findings', () => {
    const lines = written('csv', hostileReport(), exampleReport({ findings: [] })).split('\r\n');

    expect(lines).toHaveLength(5);
    expect(lines[1]).not.toMatch(/(^|,)"?=/);
    expect(lines[3]?.split(',')).toHaveLength(lines[0]?.split(',').length ?? 0);
  });
});

describe('JUnit', () => {
  test('has a failure for found, a skip with its reason for not tested, and nothing for clear', () => {
    const text = written('junit', exampleReport());

    expect(text).toContain('tests="3" failures="1" errors="0" skipped="1"');
    expect(text).toContain('<skipped message="ACL LIST: refused"/>');
    expect(text).toContain('name="It listens only where it has to"><failure');
    expect(text).toContain('name="audit.misconfigured.logging"/>');
  });

  test('holds no character that XML cannot', () => {
    const text = written('junit', hostileReport());

    expect(text).not.toMatch(/[\ufffe\uffff]/);
    expect(text).not.toContain('<script');
    expect(text).not.toContain(']]>');
  });

  test('skips what is accepted, with the reason', () => {
    const accepted = { reason: 'behind a firewall', expires: '2027-01-31', by: 'ann' };
    const text = written('junit', exampleReport({ findings: [exampleFinding({ accepted })] }));

    expect(text).toContain('failures="0"');
    expect(text).toContain('accepted until 2027-01-31 by ann: behind a firewall');
  });
});

describe('Prometheus', () => {
  test('escapes labels, and says every series once', () => {
    const text = written('prometheus', hostileReport(), exampleReport(), exampleReport());

    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(
        /^(# (HELP|TYPE) .+|sundew_audit_\w+(\{([a-z]+="([^"\\\n]|\\.)*",?)+\})? -?[\d.]+)$/,
      );
    }
    const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(new Set(series.map((line) => line.replace(/ \S+$/, ''))).size).toBe(series.length);
  });
});

/** The parts of the SARIF 2.1.0 schema that we write, closed: an unknown property is an error here. */
const closed = (properties: object, required: readonly string[]): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const MESSAGE = closed({ text: { type: 'string', minLength: 1 }, markdown: { type: 'string' } }, ['text']);
const LEVEL = { enum: ['none', 'note', 'warning', 'error'] };
const RULE = closed(
  {
    id: { type: 'string' },
    name: { type: 'string', pattern: '^[A-Za-z0-9]+$' },
    shortDescription: MESSAGE,
    fullDescription: MESSAGE,
    help: MESSAGE,
    defaultConfiguration: closed({ level: LEVEL }, ['level']),
    properties: { type: 'object', required: ['security-severity', 'tags'] },
  },
  ['id', 'name', 'shortDescription', 'help'],
);
const LOCATION = closed(
  {
    physicalLocation: closed(
      {
        artifactLocation: closed({ uri: { type: 'string', pattern: '^[A-Za-z0-9._~!$&()*+,;=@%/:#-]+$' } }, [
          'uri',
        ]),
        region: closed({ startLine: { type: 'integer', minimum: 1 } }, ['startLine']),
      },
      ['artifactLocation'],
    ),
    logicalLocations: {
      type: 'array',
      items: closed(
        { name: { type: 'string' }, fullyQualifiedName: { type: 'string' }, kind: { type: 'string' } },
        [],
      ),
    },
  },
  ['physicalLocation'],
);
const RESULT = closed(
  {
    ruleId: { type: 'string' },
    ruleIndex: { type: 'integer', minimum: 0 },
    level: LEVEL,
    message: MESSAGE,
    locations: { type: 'array', minItems: 1, maxItems: 10, items: LOCATION },
    partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
    baselineState: { enum: ['new', 'unchanged', 'updated', 'absent'] },
    suppressions: {
      type: 'array',
      items: closed(
        {
          kind: { enum: ['inSource', 'external'] },
          status: { enum: ['accepted', 'underReview', 'rejected'] },
          justification: { type: 'string' },
        },
        ['kind'],
      ),
    },
    properties: { type: 'object' },
  },
  ['ruleId', 'level', 'message', 'locations', 'partialFingerprints'],
);
const NOTE = closed({ level: LEVEL, message: MESSAGE }, ['message']);
const RUN = closed(
  {
    tool: closed(
      {
        driver: closed(
          {
            name: { type: 'string' },
            version: { type: 'string' },
            semanticVersion: { type: 'string' },
            rules: { type: 'array', items: RULE },
          },
          ['name'],
        ),
      },
      ['driver'],
    ),
    automationDetails: closed({ id: { type: 'string' } }, ['id']),
    columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    invocations: {
      type: 'array',
      items: closed(
        {
          executionSuccessful: { type: 'boolean' },
          startTimeUtc: { type: 'string' },
          toolExecutionNotifications: { type: 'array', items: NOTE },
        },
        ['executionSuccessful'],
      ),
    },
    results: { type: 'array', items: RESULT },
  },
  ['tool', 'results'],
);
const LOG = closed(
  {
    $schema: { type: 'string' },
    version: { const: '2.1.0' },
    runs: { type: 'array', maxItems: 20, items: RUN },
  },
  ['version', 'runs'],
);

describe('SARIF', () => {
  const validate = new Ajv({ strict: false }).compile(LOG);

  test('is valid, also of a hostile server and of files', () => {
    const file = exampleReport({ kind: 'config', target: '/etc/redis/redis.conf' });
    const log = JSON.parse(written('sarif', exampleReport(), hostileReport(), file)) as Log;

    validate(log);
    expect(validate.errors).toBe(null);
    const uris = log.runs[0]?.results?.map(
      ({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri,
    );
    expect(uris).toContain('redis/192.0.2.7:6379');
    expect(uris).toContain('etc/redis/redis.conf');
  });

  test('names keys by hash, and accepted risks with their reason', () => {
    const finding = exampleFinding({
      evidence: [{ event: 'db3/session:secret', field: 'value', excerpt: 'x' }],
      accepted: { reason: 'a test', expires: '2027-01-31', by: 'ann' },
      baseline: 'new',
    });
    const [result] =
      (JSON.parse(written('sarif', exampleReport({ findings: [finding] }))) as Log).runs[0]?.results ?? [];

    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toMatch(
      /^redis\/192\.0\.2\.7:6379\/db3#[0-9a-f]{16}$/,
    );
    expect(result?.suppressions?.[0]?.justification).toContain('a test');
    expect(result?.baselineState).toBe('new');
  });

  test('keeps within the limits, the worst first, and says what it left out', () => {
    const format = sarif(CONTEXT, { results: 10, rules: 100, gzipBytes: 1_000_000 });
    for (let at = 0; at < 50; at++) {
      const severity = at === 49 ? 'critical' : 'low';
      format.add(
        exampleReport({ target: `redis://192.0.2.${at}:6379`, findings: [exampleFinding({ severity })] }),
      );
    }

    const [run] = (JSON.parse(format.end()) as Log).runs;

    expect(run?.results).toHaveLength(10);
    expect(run?.results?.[0]?.level).toBe('error');
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toContain(
      '40 of 50 results were left out',
    );
  });

  test('shrinks until it fits compressed', () => {
    const format = sarif(CONTEXT, { results: 1_000, rules: 100, gzipBytes: 5_000 });
    for (let at = 0; at < 400; at++) format.add(exampleReport({ target: `redis://192.0.2.7:${at}` }));

    const text = format.end();

    expect((JSON.parse(text) as Log).runs[0]?.results?.length).toBeLessThan(400);
    expect(text).toContain('were left out');
  });
});
