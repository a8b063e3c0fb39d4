import { toInteger } from '../operators/numbers.ts';
import { item } from '../request/item.ts';
import { expand, isPlain } from '../seclang/macro.ts';
import type { SetVar } from '../seclang/rule.ts';
import type { CompiledSetVar } from './compiled.ts';
import type { Transaction } from './transaction.ts';

export function compileSetVar({ name, change, value }: SetVar): CompiledSetVar {
  if (change !== 'set' || !isPlain(name) || !isPlain(value)) return { kind: 'computed', name, change, value };
  return { kind: 'constant', item: item(expand(name, nothing), expand(value, nothing)) };
}

function nothing(): string {
  return '';
}

export function setVariable(change: CompiledSetVar, transaction: Transaction): void {
  if (change.kind === 'constant') {
    transaction.setItem(change.item);
    return;
  }
  const key = transaction.expand(change.name);
  const text = transaction.expand(change.value);
  switch (change.change) {
    case 'set':
      transaction.setVariable(key, text);
      break;
    case 'unset':
      transaction.unsetVariable(key);
      break;
    case 'add':
      transaction.setVariable(key, String(toInteger(transaction.variable(key)) + toInteger(text)));
      break;
    case 'subtract':
      transaction.setVariable(key, String(toInteger(transaction.variable(key)) - toInteger(text)));
      break;
  }
}
