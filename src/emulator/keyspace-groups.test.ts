import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GroupKeyspace } from './keyspace.ts';
import { Layer } from './layer.ts';

const text = (value: string) => ({ type: 'string', text: value }) as const;

function shared(groups: number): readonly GroupKeyspace[] {
  const common = new Layer({ bytes: 0, burden: 0 });
  return Array.from({ length: groups }, (_, at) => new GroupKeyspace(common, { number: at, writing: true }));
}

function view(keyspace: GroupKeyspace, now = 0): Record<string, unknown> {
  keyspace.group.writing = false;
  const seen = Object.fromEntries(keyspace.keys(now).map((key) => [key, keyspace.get(key, now)]));
  keyspace.group.writing = true;
  return seen;
}

interface Step {
  readonly do: 'set' | 'mortal' | 'delete' | 'change' | 'empty' | 'expire' | 'clear' | 'forget';
  readonly key: string;
}

/** Does one thing to a database; false when the group does not see then what it must see. */
function perform(db: GroupKeyspace, step: Step, now: number): boolean {
  switch (step.do) {
    case 'set':
      db.set(step.key, text(`${now}`));
      return db.get(step.key, now) !== undefined;
    case 'mortal':
      db.set(step.key, { type: 'set', members: new Set(['m']) }, now + 5);
      return db.expires(step.key) === now + 5;
    case 'delete': {
      const there = Object.hasOwn(view(db, now), step.key);
      return db.delete(step.key, now) === there && db.get(step.key, now) === undefined;
    }
    case 'change':
      if (db.get(step.key, now) !== undefined) db.changed(step.key, 3);
      return true;
    case 'empty': {
      const value = db.get(step.key, now);
      if (value?.type !== 'set') return true;
      value.members.clear();
      db.changed(step.key, -10);
      return db.get(step.key, now) === undefined;
    }
    case 'expire':
      db.setExpires(step.key, now + 3);
      return true;
    case 'clear':
      db.clear();
      return Object.keys(view(db, now)).length === 0;
    case 'forget':
      db.forget();
      return true;
  }
}

describe('a world that groups of visitors share', () => {
  test('shows everyone what anyone puts under a free name', () => {
    const [one, other] = shared(2);

    one?.set('k', text('v'));

    expect(other && view(other)).toEqual({ k: text('v') });
  });

  test('shows nobody else what a group does to what is not its own', () => {
    const [base, one, other] = shared(3);
    for (const name of ['a', 'b', 'c', 'd']) base?.set(name, text('bait'));
    base?.set('set', { type: 'set', members: new Set(['m']) });

    one?.set('a', text('mine'));
    one?.delete('b', 0);
    one?.setExpires('c', 5);
    const members = one?.get('set', 0);
    if (members?.type === 'set') members.members.add('n');
    one?.changed('set', 10);

    expect(other && Object.keys(view(other, 10)).toSorted()).toEqual(['a', 'b', 'c', 'd', 'set']);
    expect(other && view(other, 10)).toMatchObject({ a: text('bait'), set: { members: new Set(['m']) } });
    expect(one && view(one, 10)).toEqual({
      a: text('mine'),
      d: text('bait'),
      set: { type: 'set', members: new Set(['m', 'n']) },
    });
  });

  test('is empty for the group that flushed it, until somebody adds to it', () => {
    const [base, one, other] = shared(3);
    base?.set('bait', text('v'));
    one?.set('mine', text('v'));

    one?.clear();
    other?.set('new', text('v'));

    expect(one && view(one)).toEqual({ new: text('v') });
    expect(one?.size(0)).toBe(1);
    expect(other && Object.keys(view(other)).toSorted()).toEqual(['bait', 'new']);
  });

  test('books what a group makes this process keep to hide and to list what is others’', () => {
    const [base, one] = shared(2);
    for (const name of ['a', 'b', 'c']) base?.set(name, { type: 'set', members: new Set(['m']) });
    const before = base?.common.memory.burden ?? 0;

    one?.delete('a', 0);
    one?.keys(0);
    const apart = base?.common.memory.burden;
    one?.forget();

    expect(apart).toBe(before + 60 + 2 * 90);
    expect(base?.common.memory.burden).toBe(before);
  });

  test('knows which changes nobody else sees', () => {
    const [base, one] = shared(2);
    for (const name of ['a', 'b']) base?.set(name, text('v'));

    one?.set('a', text('w'));
    one?.delete('b', 0);
    one?.set('c', text('v'));

    expect(['a', 'b', 'c'].map((name) => one?.isApart(name))).toEqual([true, true, false]);
    expect(base?.isApart('a')).toBe(false);
  });

  test('has a key used when it is set, by the clock', () => {
    const common = new Layer({ bytes: 0, burden: 0 }, undefined, undefined, () => 1_234);
    const one = new GroupKeyspace(common, { number: 1, writing: true });

    one.set('k', text('v'));

    expect(one.usedAt('k')).toBe(1_234);
  });

  test('tells one and the same story to each group, whatever the groups do', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd');
    const action = fc.record({
      group: fc.nat(2),
      do: fc.constantFrom<Step['do']>(
        'set',
        'mortal',
        'delete',
        'change',
        'empty',
        'expire',
        'clear',
        'forget',
      ),
      key,
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const groups = shared(3);
        let now = 0;
        for (const step of actions) {
          const db = groups[step.group];
          if (db === undefined) continue;
          now++;
          expect(perform(db, step, now)).toBe(true);

          for (const one of groups) {
            const keys = one.keys(now);
            expect(new Set(keys).size).toBe(keys.length);
            expect(one.size(now)).toBe(keys.length);
            for (const shown of keys) expect(one.usedAt(shown)).toBeDefined();
            const scanned: string[] = [];
            let cursor = 0;
            do {
              const page = one.page(cursor, 2, now);
              scanned.push(...page.keys);
              cursor = page.next;
            } while (cursor !== 0);
            expect(scanned.toSorted()).toEqual([...keys].toSorted());
          }
        }
        for (const one of groups) one.clear();
        expect(groups[0]?.common.memory).toEqual({ bytes: expect.any(Number) as number, burden: 0 });
      }),
      { numRuns: 500 },
    );
  });
});
