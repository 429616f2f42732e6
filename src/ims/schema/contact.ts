// R16: a telephone call, message or letter, inside a visit or instead of one.

import { contactMeans, contactParties, directions } from '../codes/events.ts';
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
  must,
  text,
} from './build.ts';

const contact = group(
  'Contact',
  {
    key: must(key('Key')),
    at: instant('At'),
    date: date('On'),
    direction: code('Direction', directions),
    means: code('By', contactMeans),
    with: codes('With', contactParties),
    withName: text('Name'),
    practitioners: ids('Practitioners'),
    aboutSession: id('About the session of'),
    documentKey: keyOf('Document'),
  },
  { exactlyOne: [['at', 'date']] },
);

/** Contacts of the record; a record of kind `contact` holds exactly one. */
export const contacts = list('Contacts', contact, { id: 'R16' });
