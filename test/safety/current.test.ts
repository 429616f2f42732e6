import { at, eStim, no, type Row, tellsEach, visit } from './visits.ts';

const clear = Object.fromEntries(
  ['cancer', 'needleFear', 'understanding', 'pregnancy', 'autoimmune', 'boneLoss']
    .concat('surgeryDirect', 'surgeryAdjacent')
    .map((member) => [member, no]),
);
const forCurrent = {
  ...clear,
  epilepsy: no,
  radiotherapy: no,
  pacemaker: no,
  defibrillator: no,
  activeImplant: no,
  metal: no,
  thrombosis: no,
};

const safePath = { currentPath: no };

const rows: Row[] = [
  [
    'rule-4',
    'a pacemaker',
    visit(at({ ...eStim, ...safePath }), {
      screening: { ...forCurrent, pacemaker: { answer: 'yes' } },
    }),
    ['/screening/pacemaker'],
  ],
  [
    'rule-4',
    'a pacemaker by channel',
    visit(
      { channels: [{ key: 'ch', siteKeys: ['a'] }] },
      { screening: { pacemaker: { answer: 'yes' } } },
    ),
    ['/screening/pacemaker'],
  ],
  [
    'rule-4',
    'a current across the chest',
    visit(at({ ...eStim, currentPath: { answer: 'yes' } })),
    ['/session/sites/0/currentPath'],
  ],
  [
    'rule-4',
    'a pacemaker without current',
    visit({}, { screening: { pacemaker: { answer: 'yes' } } }),
    [],
  ],
  [
    'rule-4-unanswered',
    'nothing asked',
    visit(at(eStim)),
    ['/screening', '/session/sites/0/currentPath/answer'],
  ],
  [
    'rule-4-unanswered',
    'one declined',
    visit(at({ ...eStim, ...safePath }), {
      screening: { ...forCurrent, metal: { answer: 'declined' } },
    }),
    ['/screening'],
  ],
  [
    'rule-4-unanswered',
    'all answered',
    visit(at({ ...eStim, ...safePath }), { screening: forCurrent }),
    [],
  ],
  [
    'rule-4-unanswered',
    'asked in another record',
    visit({
      ...at({ ...eStim, ...safePath }),
      screening: { basis: 'other-record', recordId: 'v-0' },
    }),
    [],
  ],
  ['rule-4-unanswered', 'no current', visit(), []],
];

tellsEach(rows);
