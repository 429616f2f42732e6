// How much garbage may wait in memory.
import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap grow to one and a half times what lives in it before it is collected as a whole. Long
 * work leaves nothing behind but what it has just done, and V8 would let up to four times as much wait:
 * a stream of records then takes 100 MB more and is no faster.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
