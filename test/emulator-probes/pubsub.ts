import type { Probe } from './probe.ts';

export const pubsub: readonly Probe[] = [
  {
    name: 'channels',
    steps: [
      'SUBSCRIBE a b',
      '@2 PUBLISH a hello',
      '@2 PUBLISH nobody hello',
      '@2 PUBSUB NUMSUB a b c',
      '?@2 PUBSUB CHANNELS',
      '@2 PUBSUB CHANNELS a*',
      '@2 PUBSUB NUMPAT',
      'PING',
      'PING hello',
      'GET k',
      'UNSUBSCRIBE a',
      'UNSUBSCRIBE zzz',
      'UNSUBSCRIBE',
      'GET k',
      'UNSUBSCRIBE',
      'SUBSCRIBE',
      'PUBLISH a',
    ],
  },
  {
    name: 'patterns',
    steps: [
      'PSUBSCRIBE m* news.*',
      '@2 PUBLISH news.art hi',
      '@2 PUBSUB NUMPAT',
      'SUBSCRIBE news.art',
      '@2 PUBLISH news.art twice',
      'PUNSUBSCRIBE m*',
      'PUNSUBSCRIBE',
      'UNSUBSCRIBE',
      'PUNSUBSCRIBE',
      'PUBSUB WHAT',
      'PUBSUB',
      'PUBSUB NUMPAT x',
    ],
  },
  {
    name: 'the same in RESP3',
    steps: ['~HELLO 3', 'SUBSCRIBE a', '@2 PUBLISH a m', 'GET missing', 'UNSUBSCRIBE', 'PING', 'PUBLISH a x'],
  },
  {
    name: 'quitting while subscribed',
    steps: ['SUBSCRIBE a', 'QUIT'],
  },
];
