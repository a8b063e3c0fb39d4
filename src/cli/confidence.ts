import { Complaint } from './exit.ts';

/** 0 to 1, for options. */
export function confidence(text: string): number {
  const number = /^(0|1|0?\.\d{1,3})$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number)) {
    throw new Complaint(
      `'${text.slice(0, 20)}' is not a confidence.`,
      'Write a number from 0 to 1, such as 0.5.',
    );
  }
  return number;
}
