import { at, clearScreening, eStim, expectViolations, no, type Row, visit } from '../visits.ts';

const forCurrent = {
  ...clearScreening,
  epilepsy: no,
  radiotherapy: no,
  pacemaker: no,
  defibrillator: no,
  activeImplant: no,
  metal: no,
  thrombosis: no,
};
const safePath = { currentPath: no };

const rows: readonly Row[] = [
  [
    'rule-4',
    'a pacemaker meets stimulation at a site',
    visit(at({ ...eStim, ...safePath }), {
      screening: { ...forCurrent, pacemaker: { answer: 'yes' } },
    }),
    ['/screening/pacemaker'],
  ],
  [
    'rule-4',
    'a pacemaker meets stimulation by channel',
    visit(
      { channels: [{ key: 'ch', siteKeys: ['a'] }] },
      { screening: { pacemaker: { answer: 'yes' } } },
    ),
    ['/screening/pacemaker'],
  ],
  [
    'rule-4',
    'the current crosses a vital region',
    visit(at({ ...eStim, currentPath: { answer: 'yes' } })),
    ['/session/sites/0/currentPath'],
  ],
  [
    'rule-4',
    'a pacemaker meets no stimulation',
    visit({}, { screening: { pacemaker: { answer: 'yes' } } }),
    [],
  ],
  [
    'rule-4-unanswered',
    'nothing was asked',
    visit(at(eStim)),
    ['/screening', '/session/sites/0/currentPath/answer'],
  ],
  [
    'rule-4-unanswered',
    'one answer was declined',
    visit(at({ ...eStim, ...safePath }), {
      screening: { ...forCurrent, metal: { answer: 'declined' } },
    }),
    ['/screening'],
  ],
  [
    'rule-4-unanswered',
    'all items are answered',
    visit(at({ ...eStim, ...safePath }), { screening: forCurrent }),
    [],
  ],
  [
    'rule-4-unanswered',
    'the screening is in another record',
    visit({
      ...at({ ...eStim, ...safePath }),
      screening: { basis: 'other-record', recordId: 'v-0' },
    }),
    [],
  ],
  ['rule-4-unanswered', 'no current was used', visit(), []],
];

expectViolations(rows);
