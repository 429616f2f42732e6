// Documents in the portions that one request to the service may hold.
import type { Document, Input } from './input.ts';

// Half of what the service takes, which leaves room for growth there and for memory here.
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_DOCUMENTS = 1000;

/** The documents of `input`, at most 1,000 and about 8 MB together. */
export async function* batchesOf(input: Input): AsyncGenerator<Document[]> {
  let batch: Document[] = [];
  let bytes = 0;
  for await (const document of input.documents) {
    const size = Buffer.byteLength(document.text ?? '');
    if (batch.length === MAX_DOCUMENTS || (batch.length > 0 && bytes + size > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(document);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
