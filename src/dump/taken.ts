import type { RedisValue } from '../model/act.ts';
import type { ByteWindow } from './byte-window.ts';
import type { Wanted } from './piece.ts';
import type { DumpElement } from './rdb-record.ts';

export interface ReadValue {
  readonly type: RedisValue['kind'];
  readonly encoding: string;
  readonly elements: readonly DumpElement[];
  /** Every element was read, and is there from its beginning to its end. */
  readonly whole: boolean;
  readonly module?: string;
  /** What is left of it: the caller passes over it, a piece at a time. */
  readonly rest?: Rest;
}

/** Elements that are not wanted. */
export interface Rest {
  left: number;
  readonly skipOne: (window: ByteWindow) => void;
}

/** Takes elements as long as they are wanted. */
export interface Taken {
  readonly elements: DumpElement[];
  bytes: number;
  whole: boolean;
}

export function take(taken: Taken, element: DumpElement, wanted: Wanted): void {
  const left = wanted.keyBytes - taken.bytes;
  if (taken.elements.length >= wanted.elements || left <= 0) {
    taken.whole = false;
    return;
  }
  taken.bytes += element.text.length;
  taken.whole &&= element.text.length === element.length;
  taken.elements.push(element);
}

export function newTaken(): Taken {
  return { elements: [], bytes: 0, whole: true };
}

export function isFull({ elements, bytes }: Taken, wanted: Wanted): boolean {
  return elements.length >= wanted.elements || bytes >= wanted.keyBytes;
}
