import { InvalidArgumentError } from 'commander';

/** `0.5` to `1000`. */
export function speedFactor(text: string): number {
  const speed = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(speed >= 0.01 && speed <= 1_000))
    throw new InvalidArgumentError('It has to be a number from 0.01 to 1000.');
  return speed;
}

/** A place in a recording: `12`, `12.5`, `12s`, `1:30`, `1:02:03`; milliseconds. */
export function placeInTime(text: string): number {
  const parts = /^(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,7}(?:\.\d{1,3})?)s?$/.exec(text.slice(0, 40));
  if (parts === null) {
    throw new InvalidArgumentError(
      'It has to be seconds (12.5) or a time since the opening (1:30, 1:02:03).',
    );
  }
  const [, hours = '0', minutes = '0', seconds = '0'] = parts;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}
