// R16: telephone calls, messages and letters, in addition to a visit or without one.

import { contactDirections, contactMeans, contactParties } from '../codes/events.ts';
import {
  code,
  codes,
  date,
  group,
  id,
  ids,
  instant,
  key,
  keyOf,
  list,
  required,
  text,
} from './build.ts';

const contact = group(
  'Contact',
  {
    key: required(key('Key')),
    at: instant('At'),
    date: date('Date'),
    direction: code('Direction', contactDirections),
    means: code('Means', contactMeans),
    with: codes('With', contactParties),
    withName: text('Name'),
    practitioners: ids('Practitioners'),
    aboutSession: id('About the session of'),
    documentKey: keyOf('Document'),
  },
  { exactlyOne: [['at', 'date']] },
);

/** Contacts of the record; a record of kind `contact` has exactly one. */
export const contacts = list('Contacts', contact, { id: 'R16' });
