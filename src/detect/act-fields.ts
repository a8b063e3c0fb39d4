import type { Act } from '../model/act.ts';
import type { ActText } from './act-text.ts';
import { actText } from './act-text.ts';
import type { FieldValue } from './compile-condition.ts';
import type { WebFields } from './web-fields.ts';
import { isWebField, webFields } from './web-fields.ts';

/** The fields of one act as conditions see them; each text is decoded once, however many rules ask. */
export interface ActFields {
  readonly act: Act;
  /** The values of a field: none when it is absent, several for a list. */
  values(name: string): readonly FieldValue[];
}

/** The rules and then the campaigns ask about the same act: what it decodes to is kept until the next one comes. */
let latest: ActFields | undefined;

export function actFields(act: Act): ActFields {
  if (latest?.act !== act) latest = fieldsOf(act);
  return latest;
}

function fieldsOf(act: Act): ActFields {
  const known = new Map<string, readonly FieldValue[]>();
  const texts = new Map<string, ActText>();
  const text = (value: string): ActText => {
    const before = texts.get(value);
    if (before !== undefined) return before;
    const made = actText(value);
    texts.set(value, made);
    return made;
  };
  let web: WebFields | undefined;
  const read = (name: string): readonly FieldValue[] => {
    const [first = '', index] = name.split('.');
    if (act.type === 'http.request' && isWebField(first)) {
      web ??= webFields(act);
      return web.values(first, index === undefined ? undefined : name.slice(first.length + 1));
    }
    const field: unknown = Object.hasOwn(act, first) ? Reflect.get(act, first) : undefined;
    const chosen: unknown = index === undefined || !Array.isArray(field) ? field : field[Number(index)];
    const items: readonly unknown[] = Array.isArray(chosen) ? chosen : [chosen];
    return items.flatMap((item): FieldValue[] => {
      if (typeof item === 'string') return [text(item)];
      return typeof item === 'number' || typeof item === 'boolean' ? [item] : [];
    });
  };
  return {
    act,
    values: (name) => {
      const before = known.get(name);
      if (before !== undefined) return before;
      const values = read(name);
      known.set(name, values);
      return values;
    },
  };
}
