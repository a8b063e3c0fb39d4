import type { RequestHead } from '../../wire/http1/head.ts';
import type { HeadLimits } from '../../wire/http1/limits.ts';
import type { Answer } from './answer.ts';
import type { App, AppAnswer } from './app.ts';
import type { HttpPersona } from './persona.ts';
import type { Site } from './site.ts';

/** What a server looks at to answer. */
export interface Situation {
  readonly head: RequestHead;
  readonly persona: HttpPersona;
  readonly site: Site;
  readonly app: App;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Where the visitor dialled. */
  readonly local: { readonly address: string; readonly port: number };
  readonly secure: boolean;
  /** Requests that this connection has brought before. */
  readonly served: number;
}

/** What is done with a request once its head is there. */
export interface Plan {
  /** Undefined: the application answers when the body is there. */
  readonly answer?: Answer | undefined;
  /** It is not sent before the body is there. */
  readonly late?: boolean;
  /** Given to the application, without the query; and the query. */
  readonly path: string;
  readonly query: string;
  /** The connection ends with the answer. */
  readonly close: boolean;
  /** HTTP/0.9: no head. */
  readonly bare: boolean;
  /** `100 Continue` comes first. */
  readonly continues: boolean;
}

/** How one kind of server decides: facts that were asked of the real one (test/http-fidelity.test.ts). */
export interface Family {
  readonly limits: HeadLimits;
  /** A line that begins so is answered at once. */
  readonly broken: (start: string) => boolean;
  plan(situation: Situation): Plan;
  /** What becomes of a plan when the body turns out to be broken before the answer has gone. */
  spoil(situation: Situation, plan: Plan): Plan;
  /** Puts the server's head around what the application says. */
  wrap(answer: AppAnswer, situation: Situation, plan: Plan): Answer;
  readonly times: {
    /** A head has to be there in so many milliseconds. */
    readonly head: number;
    /** Between two pieces of a body. */
    readonly body: number;
    /** Between two requests. */
    readonly idle: number;
  };
}
