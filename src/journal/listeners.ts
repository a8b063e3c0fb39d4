/** Tells listeners in the order they came. A listener that throws is our own mistake: it surfaces, and the rest goes on. */
export interface Listeners<T> {
  add(listener: (value: T) => void): void;
  tell(value: T): void;
}

export function createListeners<T>(): Listeners<T> {
  const listeners: ((value: T) => void)[] = [];
  return {
    add: (listener) => {
      listeners.push(listener);
    },
    tell: (value) => {
      for (const listener of listeners) {
        try {
          listener(value);
        } catch (error) {
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
