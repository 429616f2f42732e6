// A process that opens the given file, prints that it has, and waits to be killed.

import { openStore } from '../../src/store/store.ts';

const [file = ''] = process.argv.slice(2);
const store = await openStore({ file });
console.log('open');
setInterval(() => store, 1_000);
