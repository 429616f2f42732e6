// A service that opens the file given, says so and does nothing until it is killed.

import { openStore } from '../../src/store/store.ts';

const [file = ''] = process.argv.slice(2);
const store = await openStore({ file });
console.log(store.exclusive);
setInterval(() => store, 1_000);
