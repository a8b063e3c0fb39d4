import type { Probe } from './probe.ts';

/** For servers that allow MODULE. Nothing is loaded: the paths lead nowhere. */
export const modules: readonly Probe[] = [
  {
    name: 'MODULE with words it does not know',
    steps: [
      'MODULE',
      'MODULE FOO',
      'MODULE FOO a b',
      'MODULE LIST x',
      'MODULE LOAD',
      'MODULE UNLOAD',
      'MODULE UNLOAD a b',
      'MODULE LOADEX',
    ],
  },
  {
    name: 'MODULE of files and modules that are not there',
    steps: [
      'MODULE LIST',
      'MODULE LOAD /nonexistent/x.so',
      'MODULE LOAD /nonexistent/x.so a b',
      'MODULE LOADEX /nonexistent/x.so',
      'MODULE LOADEX /nonexistent/x.so CONFIG a',
      'MODULE LOADEX /nonexistent/x.so CONFIG a b ARGS c',
      'MODULE LOADEX /nonexistent/x.so ARGS',
      'MODULE LOADEX /nonexistent/x.so FOO',
      'MODULE UNLOAD nothing',
      'MODULE UNLOAD vectorset',
      'system.exec id',
    ],
  },
  { name: 'MODULE HELP', steps: ['MODULE HELP', 'MODULE HELP x'] },
  { name: 'MODULE LIST in RESP3', steps: ['~HELLO 3', 'MODULE LIST'] },
  {
    name: 'the replica of a port where nobody listens',
    steps: [
      'SLAVEOF 127.0.0.1 1',
      'ROLE',
      'SLAVEOF 127.0.0.1 1',
      'SLAVEOF 127.0.0.1 01',
      'SLAVEOF 127.0.0.1 99999',
      'SLAVEOF 127.0.0.1 -1',
      'SLAVEOF 127.0.0.1 x',
      'SET key value',
      'REPLICAOF NO ONE',
      'ROLE',
      'SLAVEOF no on',
      'REPLICAOF no one',
    ],
    cleanup: ['REPLICAOF NO ONE'],
  },
];
