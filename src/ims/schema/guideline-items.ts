// C20-C65: screening items from guidelines, with the details that decisions on them require.

import { eventCodes } from '../codes/events.ts';
import {
  activeImplants,
  allergens,
  bleedingKinds,
  cardiacKinds,
  chestRisks,
  controls,
  drugKinds,
  frailties,
  immuneKinds,
  implantKinds,
  infectionExtents,
  jointKinds,
  severities,
  skinKinds,
  unfitKinds,
  valveKinds,
  vesselKinds,
} from '../codes/screening.ts';
import { code, codes, date, group, keyOf, keys, setOfValues, text } from './build.ts';
import { medicineMembers } from './history.ts';
import { answer } from './parts.ts';
import { item } from './screening-item.ts';

const bloodThinner = group('Drug', { kind: code('Kind', drugKinds), ...medicineMembers });

/** Items that concern the whole patient. */
const general = {
  refusal: item('C20', 'Unwilling, refuses', { reason: text('Reason') }),
  communication: item('C21', 'Cannot communicate, no interpreter', {}),
  emergency: item('C22', 'Medical emergency, acute condition', { what: text('What') }),
  bleeding: item('C26', 'Bleeding disorder', {
    kind: code('Kind', bleedingKinds),
    severity: code('Severity', severities),
  }),
  anticoagulation: item('C27', 'Anticoagulant or antiplatelet', {
    drugs: setOfValues('Drugs', bloodThinner),
    notCompressible: keys('Sites that cannot be compressed'),
  }),
  bruising: item('C28', 'Bleeds or bruises spontaneously', {}),
  immunity: item('C29', 'Immune compromise, HIV, hepatitis B or C', {
    immune: answer('Immune compromise'),
    bloodBorne: answer('Blood-borne infection'),
    kind: codes('Kind', immuneKinds),
    denied: codes('Kinds answered no', immuneKinds),
  }),
  diabetes: item('C30', 'Diabetes', {
    control: code('Control', controls),
    poorSensation: answer('Poor sensation'),
    poorCirculation: answer('Poor circulation'),
  }),
  epilepsy: item('C32', 'Epilepsy, seizure provoked by a procedure', {
    control: code('Control', controls),
    lastDate: date('Last seizure'),
    byProcedure: answer('Provoked by a procedure'),
  }),
  frailty: item('C33', 'Frail, chronic fatigue', {
    kind: codes('Kind', frailties),
    denied: codes('Kinds answered no', frailties),
  }),
  psychological: item('C34', 'Psychological state, high apprehension', { what: text('What') }),
  allergy: item('C36', 'Allergy to metal or needle coating', {
    substance: codes('Substance', allergens),
    denied: codes('Substances answered no', allergens),
  }),
  heartValve: item('C39', 'Heart valve disease or prosthesis', {
    kind: code('Kind', valveKinds),
    since: date('Since'),
    new: answer('New valve'),
  }),
  heart: item('C40', 'Angina, arrhythmia, heart failure, recent heart surgery', {
    kind: codes('Kind', cardiacKinds),
    denied: codes('Kinds answered no', cardiacKinds),
    unstable: answer('Unstable'),
  }),
  radiotherapy: item('C41', 'Recent radiotherapy', { endedOn: date('Ended on') }),
  neuropathy: item('C42', 'Peripheral neuropathy', {}),
  priorReaction: item('C43', 'Previous adverse reaction to needling', {
    reactions: codes('Reactions', eventCodes),
    date: date('Date'),
  }),
  unfit: item('C47', 'Intoxicated, not eaten, fainted before', {
    kind: codes('Kind', unfitKinds),
    denied: codes('Kinds answered no', unfitKinds),
  }),
} as const;

/** Items that concern a part of the body. */
const local = {
  lymphoedema: item('C23', 'Lymphoedema, nodes removed', {
    swelling: answer('Swelling'),
    nodesRemoved: answer('Nodes removed'),
  }),
  skin: item('C24', 'Skin lesion, open wound, eczema, psoriasis', {
    kind: codes('Kind', skinKinds),
    denied: codes('Kinds answered no', skinKinds),
  }),
  infection: item('C25', 'Infection, fever', {
    extent: code('Extent', infectionExtents),
    fever: answer('Fever'),
  }),
  vascular: item('C31', 'Vascular disease, varicose veins', {
    kind: codes('Kind', vesselKinds),
    denied: codes('Kinds answered no', vesselKinds),
  }),
  joint: item('C37', 'Joint prosthesis, joint surgery near a site', {
    kind: codes('Kind', jointKinds),
    denied: codes('Kinds answered no', jointKinds),
    surgeryKey: keyOf('Operation'),
  }),
  implant: item('C38', 'Breast, cosmetic or other implant near a site', {
    kind: codes('Kind', implantKinds),
    denied: codes('Kinds answered no', implantKinds),
  }),
  bone: item('C44', 'Unstable bone injury, fracture', {}),
  chest: item('C45', 'Chest shape or lung condition that raises the risk', {
    kind: codes('Kind', chestRisks),
    denied: codes('Kinds answered no', chestRisks),
  }),
} as const;

/** Items that concern electrical stimulation. */
const current = {
  pacemaker: item('C60', 'Pacemaker, any active cardiac device', { device: text('Device') }),
  defibrillator: item('C61', 'Implanted defibrillator', { device: text('Device') }),
  activeImplant: item('C62', 'Other active implant', {
    kind: codes('Kind', activeImplants),
    denied: codes('Kinds answered no', activeImplants),
  }),
  metal: item('C64', 'Metal implant in the area', { surgeryKey: keyOf('Operation') }),
  thrombosis: item('C65', 'Active deep vein thrombosis, thrombophlebitis', {}),
} as const;

/** All items of guidelines. */
export const guidelineItems = { ...general, ...local, ...current } as const;
