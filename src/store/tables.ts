import type { Kysely } from 'kysely';
import type { DeliveryTable } from './delivery.ts';
import type { LedgerTable } from './ledger.ts';
import type { PayloadTable } from './payload.ts';
import type { SupportTable } from './support.ts';

/** The tables by name, as the engine holds them: `null` is used here and nowhere above. */
export interface Tables {
  payload: PayloadTable;
  delivery: DeliveryTable;
  ledger: LedgerTable;
  support: SupportTable;
}

/** A connection or a transaction: what each table's functions take first. */
export type Db = Kysely<Tables>;
