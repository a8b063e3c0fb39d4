import type { ByteString } from '../../model/bytes.ts';
import type { Item } from '../request/item.ts';
import { item } from '../request/item.ts';
import type { CrsRequest } from '../request/request.ts';
import { RequestVariables } from '../request/variables.ts';
import type { Macro, Reference } from '../seclang/macro.ts';
import { expand } from '../seclang/macro.ts';
import type { CompiledRule, CompiledTarget, CompiledTargets, Effect } from './compiled.ts';

/** A value that a rule looks at, and where it is from. */
export interface Found {
  readonly collection: string;
  readonly item: Item;
}

/** A value that a rule held on. */
export interface Matched {
  /** `ARGS:id` */
  readonly name: ByteString;
  /** After transformations. */
  readonly value: ByteString;
  readonly found: Found;
}

/** Variables that a request may make by `setvar`: more than any rule set has, fewer than would hurt. */
const MOST_VARIABLES = 3000;

/** One request on its way through the rules: everything that rules change. */
export class Transaction {
  readonly variables: RequestVariables;
  readonly #tx = new Map<ByteString, Item>();
  /** What rules in a row matched; a rule that does not hold clears it. */
  readonly #matched: Matched[] = [];
  readonly #lists = new Map<number, readonly Found[]>();
  readonly #removals: Exclude<Effect, { kind: 'processor' | 'engine-off' }>[] = [];
  engineOff = false;

  constructor(request: CrsRequest) {
    this.variables = new RequestVariables(request);
  }

  readBody(): void {
    this.variables.readBody();
    this.#lists.clear();
  }

  matched(match: Matched): void {
    this.#matched.push(match);
  }

  forgetMatched(): void {
    this.#matched.length = 0;
  }

  setVariable(name: ByteString, value: ByteString): void {
    const lower = name.toLowerCase();
    if (this.#tx.size < MOST_VARIABLES || this.#tx.has(lower)) this.#tx.set(lower, item(name, value));
  }

  unsetVariable(name: ByteString): void {
    this.#tx.delete(name.toLowerCase());
  }

  variable(name: ByteString): ByteString {
    return this.#tx.get(name.toLowerCase())?.value ?? '';
  }

  /** The text of a macro in this request; what is not there is empty. */
  expand(macro: Macro): ByteString {
    return expand(macro, (reference) => this.#look(reference));
  }

  #look({ collection, name }: Reference): ByteString {
    if (collection === 'TX') return this.#tx.get(name ?? '')?.value ?? '';
    const items = this.#items(collection);
    const found = name === undefined ? items[0] : items.find(({ lowerKey }) => lowerKey === name);
    return found?.value ?? '';
  }

  /** The values that a rule looks at. */
  list(targets: CompiledTargets, rule: CompiledRule): readonly Found[] {
    const removed = this.#removals.length === 0 ? [] : this.#removedTargets(rule);
    if (removed.length > 0) return this.#collect(targets, removed);
    if (targets.changing) return this.#collect(targets, []);
    let list = this.#lists.get(targets.number);
    if (list === undefined) {
      list = this.#collect(targets, []);
      this.#lists.set(targets.number, list);
    }
    return list;
  }

  #collect({ wanted, except }: CompiledTargets, removed: readonly CompiledTarget[]): readonly Found[] {
    const out = [...except, ...removed];
    const found: Found[] = [];
    for (const { collection, count, matches } of wanted) {
      const kept = this.#items(collection).filter(
        (candidate) =>
          (matches === undefined || matches(candidate.lowerKey)) &&
          !out.some((other) => other.collection === collection && (other.matches?.(candidate.lowerKey) ?? true)),
      );
      if (count) found.push({ collection: `&${collection}`, item: item('', String(kept.length)) });
      else for (const one of kept) found.push({ collection, item: one });
    }
    return found;
  }

  #items(collection: string): readonly Item[] {
    switch (collection) {
      case 'TX':
        return [...this.#tx.values()];
      case 'MATCHED_VAR':
        return this.#matched.slice(-1).map(({ value }) => item('', value));
      case 'MATCHED_VAR_NAME':
        return this.#matched.slice(-1).map(({ name }) => item('', name));
      case 'MATCHED_VARS':
        return this.#matched.map(({ name, value }) => item(name, value));
      case 'MATCHED_VARS_NAMES':
        return this.#matched.map(({ name }) => item(name, name));
      default:
        return this.variables.collection(collection) ?? [];
    }
  }

  apply(effect: Effect): void {
    if (effect.kind === 'engine-off') this.engineOff = true;
    else if (effect.kind === 'processor') this.#setProcessor(effect.name);
    else this.#removals.push(effect);
  }

  #setProcessor(name: string): void {
    if (name === 'URLENCODED' || name === 'MULTIPART' || name === 'JSON' || name === 'XML') {
      this.variables.processor = name;
    }
  }

  isRemoved(rule: CompiledRule): boolean {
    return this.#removals.some((removal) => {
      if (removal.kind === 'remove-tag') return rule.tags.includes(removal.tag);
      return removal.kind === 'remove-rules' && contains(removal.ranges, rule.id);
    });
  }

  #removedTargets(rule: CompiledRule): readonly CompiledTarget[] {
    return this.#removals.flatMap((removal) => {
      if (removal.kind !== 'remove-target') return [];
      const { of, target } = removal;
      return (of.by === 'id' ? contains(of.ranges, rule.id) : rule.tags.includes(of.tag)) ? [target] : [];
    });
  }
}

function contains(ranges: readonly (readonly [number, number])[], id: number): boolean {
  return ranges.some(([from, to]) => id >= from && id <= to);
}
