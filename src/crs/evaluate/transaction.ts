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

/** Values on which operators of one group may hold: the one at a place of `found` is for the operator at that of `operators`. */
export interface Candidates {
  readonly operators: readonly number[];
  readonly found: readonly Found[];
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
  /** By number of the target list. */
  #lists: (readonly Found[])[] = [];
  /** By slot. */
  #candidates: (Candidates | undefined)[] = [];
  readonly #removals: Exclude<Effect, { kind: 'processor' | 'engine-off' }>[] = [];
  engineOff = false;

  constructor(request: CrsRequest) {
    this.variables = new RequestVariables(request);
  }

  readBody(): void {
    this.variables.readBody();
    this.#lists = [];
    this.#candidates = [];
  }

  matched(match: Matched): void {
    this.#matched.push(match);
  }

  forgetMatched(): void {
    this.#matched.length = 0;
  }

  setVariable(name: ByteString, value: ByteString): void {
    this.setItem(item(name, value));
  }

  setItem(one: Item): void {
    if (this.#tx.size < MOST_VARIABLES || this.#tx.has(one.lowerKey)) this.#tx.set(one.lowerKey, one);
  }

  /** A variable of rules, by its name in lower case. */
  item(lowerName: ByteString): Item | undefined {
    return this.#tx.get(lowerName);
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

  /** Whether any rule took rules or variables away from the rest of this request. */
  get hasRemovals(): boolean {
    return this.#removals.length > 0;
  }

  /** The values that a rule looks at. */
  list(targets: CompiledTargets, rule: CompiledRule): readonly Found[] {
    const removed = this.#removals.length === 0 ? [] : this.#removedTargets(rule);
    if (removed.length > 0 || targets.changing) return this.#collect(targets, removed);
    return (this.#lists[targets.number] ??= this.#collect(targets, []));
  }

  /** What `find` finds in a list of targets, found once for all rules of a slot. */
  candidates(slot: number, find: () => Candidates): Candidates {
    return (this.#candidates[slot] ??= find());
  }

  #collect({ wanted, except }: CompiledTargets, removed: readonly CompiledTarget[]): readonly Found[] {
    const out = removed.length === 0 ? except : [...except, ...removed];
    const found: Found[] = [];
    for (const target of wanted) {
      const { collection, count, matches } = target;
      let counted = 0;
      for (const candidate of this.#wanted(target)) {
        if (matches !== undefined && !matches(candidate.lowerKey)) continue;
        if (out.length > 0 && isExcepted(collection, candidate, out)) continue;
        counted += 1;
        if (!count) found.push({ collection, item: candidate });
      }
      if (count) found.push({ collection: `&${collection}`, item: item('', String(counted)) });
    }
    return found;
  }

  #wanted({ collection, name }: CompiledTarget): Iterable<Item> {
    if (collection !== 'TX') return this.#items(collection);
    if (name === undefined) return this.#tx.values();
    const one = this.#tx.get(name);
    return one === undefined ? [] : [one];
  }

  #items(collection: string): readonly Item[] {
    switch (collection) {
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

function isExcepted(collection: string, { lowerKey }: Item, except: readonly CompiledTarget[]): boolean {
  return except.some((other) => other.collection === collection && (other.matches?.(lowerKey) ?? true));
}

function contains(ranges: readonly (readonly [number, number])[], id: number): boolean {
  return ranges.some(([from, to]) => id >= from && id <= to);
}
