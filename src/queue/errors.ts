type QueueErrorCode =
  /** The address is not one of a Redis. */
  | 'queue/address'
  /** bullmq or ioredis is not installed. */
  | 'queue/packages'
  /** Nothing answers there, or it refuses us. */
  | 'queue/unreachable'
  /** It answered before, and does no more. */
  | 'queue/lost'
  /** It answers, but not as a queue must. */
  | 'queue/refused'
  /** This machine reaches nothing of the web. */
  | 'queue/offline';

/** What can go wrong with a queue through no fault of the program; `mend` says what helps. */
export class QueueError extends Error {
  readonly code: QueueErrorCode;
  readonly mend: string;

  constructor(code: QueueErrorCode, message: string, mend: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'QueueError';
    this.code = code;
    this.mend = mend;
  }
}
