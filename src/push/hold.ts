// Decides whether a delivery must be held before anything is sent: an unsigned draft, a missing
// screening record, a target without transactions.
import { errorIssue, type Issue, warningIssue } from '../errors.ts';
import type { Settlement } from '../outbox/settle.ts';
import type { Cause } from '../store/delivery.ts';
import { acceptedRecord, type DeliveryContext, isRetraction } from './context.ts';

/** The settlement that holds the delivery; undefined if it can be sent now. */
export async function holdReason(context: DeliveryContext): Promise<Settlement | undefined> {
  const { record, target } = context;
  if (record.status === 'draft' && target.drafts === 'hold') {
    return held('policy', 'drafts are not delivered to this target; sign the record to deliver it');
  }
  const screening = isRetraction(context) ? undefined : await screeningHold(context);
  if (screening !== undefined) return screening;
  const { transaction } = await target.capabilities(context.signal);
  if (transaction) return undefined;
  const message = 'the server does not support transactions, which are required to write to it';
  return held('capability', message, errorIssue);
}

/** Holds a session until its screening record is delivered; that must be valid, of the same patient. */
async function screeningHold(context: DeliveryContext): Promise<Settlement | undefined> {
  const { record, outbox, delivery } = context;
  const { basis, recordId } = record.session?.screening ?? {};
  if (basis !== 'other-record' || recordId === undefined) return undefined;
  const { target, source } = delivery;
  const revision = await outbox.deliveredRevision(target, source, recordId);
  if (revision === undefined) {
    const message =
      'the screening record of this session has not been delivered to this target yet';
    return { ...held('screening-missing', message), waitsFor: recordId };
  }
  const screening = await acceptedRecord({ source, recordId, revision }, outbox);
  if (screening === undefined) return undefined;
  if (screening.status === 'entered-in-error') {
    return held('screening-missing', 'the screening record of this session was entered in error');
  }
  return screening.patient.id === record.patient.id
    ? undefined
    : held('patient-mismatch', 'the screening record of this session belongs to another patient');
}

function held(
  cause: Cause,
  message: string,
  issueOf: (code: string, path: string, message: string) => Issue = warningIssue,
) {
  return { state: 'held', cause, issues: [issueOf(cause, '', message)] } as const;
}
