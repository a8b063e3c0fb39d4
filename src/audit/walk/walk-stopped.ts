/** The walk gives up before its end, for the sake of the server or because a budget is spent; `message` says why. */
export class WalkStopped extends Error {}
