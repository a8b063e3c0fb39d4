/** Why a value is refused, as CONFIG SET tells it; thrown by the readers of values, caught by CONFIG SET alone. */
export class SettingFault extends Error {}

export function refuse(why: string): never {
  throw new SettingFault(why);
}
