// What belongs to many visits: the episode and its complaints.

import { code, group, id, key, list, must, needed, text } from './build.ts';
import { conditions } from './conditions.ts';
import { consent } from './consent.ts';

/** A04: why the patient comes; one entry per complaint, named by findings through its key. */
const complaint = group('Complaint', {
  key: must(key('Key')),
  text: needed(text('Complaint in words', { id: 'A04' })),
  condition: code('Condition', conditions, { id: 'A04' }),
});

/** The course of care one or more complaints are treated in. */
export const episode = group('Episode of care', {
  id: must(id('Episode')),
  complaints: list('Complaints', complaint, { id: 'A04' }),
  consents: list('Consents for the course', consent, { id: 'P01' }),
});
