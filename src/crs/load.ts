import type { ByteString } from '../model/bytes.ts';
import type { CompiledSet } from './evaluate/compile.ts';
import { compileSet } from './evaluate/compile.ts';
import type { Hit } from './evaluate/run.ts';
import { runRules } from './evaluate/run.ts';
import { createInjection } from './operators/injection.ts';
import type { NativeEngine } from './regex/native.ts';
import type { CrsRequest } from './request/request.ts';
import type { ConfFile, CrsFault } from './seclang/ruleset.ts';
import { parseRuleSet } from './seclang/ruleset.ts';

/** A rule set as it lies on disk: its files in order, and what stands beside them. */
export interface CrsFolder {
  readonly files: readonly ConfFile[];
  data(name: string): ByteString | undefined;
}

/** A rule set that is ready to judge requests. */
export interface Crs {
  /** `OWASP_CRS/3.3.4`; empty when the files do not say. */
  readonly signature: string;
  /** Rules of phases 1 and 2 that run, and those of them that detect something. */
  readonly rules: number;
  readonly detections: number;
  /** What could not be read or compiled: such a rule is not there. */
  readonly faults: readonly CrsFault[];
  /** Whether libinjection is there: without it the rules that ask it never hold. */
  readonly hasInjection: boolean;
  /** What sees less than it should, in sentences. */
  readonly losses: readonly string[];
  /** Rules that held, in order; those that add up scores and set things up are left out. */
  judge(request: CrsRequest): Hit[];
}

/** `native`: what loadNativeEngine found. Without it patterns are slower for long values, and libinjection is missing. */
export function loadCrs(folder: CrsFolder, native: NativeEngine | undefined): Crs {
  const parsed = parseRuleSet(folder.files);
  const compiled = compileSet(parsed, {
    data: (name) => folder.data(name),
    injection: native === undefined ? undefined : createInjection(native),
  });
  compiled.matcher.prepare(native);
  const rules = compiled.phases.flat();
  return {
    signature: parsed.signature,
    rules: rules.length,
    detections: rules.filter(({ about }) => about.detects).length,
    faults: [...parsed.faults, ...compiled.faults],
    hasInjection: native !== undefined,
    losses: lossesOf(
      compiled,
      parsed.steps.flatMap((step) => ('id' in step ? [step] : [])),
      native !== undefined,
    ),
    judge: (request) => runRules(compiled, request).filter(({ about }) => about.detects),
  };
}

function lossesOf(
  { losses }: CompiledSet,
  chains: readonly { id: number; phase: number; links: readonly { operator: { name: string } }[] }[],
  hasNative: boolean,
): string[] {
  const sentences = losses.map(({ rule, loss }) => `rule ${rule}: ${loss}`);
  if (hasNative) return sentences;
  const blind = chains
    .filter(
      ({ phase, links }) =>
        phase <= 2 && links.some(({ operator }) => /^detect(?:sqli|xss)$/.test(operator.name)),
    )
    .map(({ id }) => id);
  if (blind.length > 0) {
    sentences.push(
      `@datadog/native-appsec is not there: rules ${blind.join(', ')} (libinjection) never hold`,
    );
  }
  return sentences;
}
