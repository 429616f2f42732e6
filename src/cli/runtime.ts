// Checks that this Node can run the program. Imports nothing and uses old syntax only, because it must
// load in versions of Node in which the rest of the program does not.

/** First minor and patch version of each release line of Node that includes time zone data 2026b. */
const MIN_VERSIONS: Readonly<Record<number, readonly [number, number]>> = {
  22: [23, 3],
  24: [21, 0],
  26: [10, 0],
};
const MIN_TIME_ZONES = '2026b';

/**
 * A message that says what to install if `versions` (`process.versions`) are too old. British Columbia
 * stopped changing its clocks in 2026: with older time zone data, times of visits are off by an hour.
 */
export function runtimeProblem(versions: {
  readonly node: string;
  readonly tz?: string | undefined;
}): string | undefined {
  if (!isSupported(versions.node)) {
    return (
      `ims-fhir requires Node 22.23.3+, 24.21.0+ or 26.10.0+; this is Node ${versions.node}.\n` +
      'Install the current LTS release from https://nodejs.org.'
    );
  }
  if (versions.tz === undefined || versions.tz < MIN_TIME_ZONES) {
    return (
      `ims-fhir requires time zone data ${MIN_TIME_ZONES} or later; this Node includes ` +
      `${versions.tz === undefined ? 'none' : versions.tz}.\n` +
      'Install an official build from https://nodejs.org, or unset NODE_ICU_DATA.'
    );
  }
  return undefined;
}

function isSupported(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major > 26) return true;
  const min = MIN_VERSIONS[major];
  if (min === undefined) return false;
  return minor > min[0] || (minor === min[0] && patch >= min[1]);
}
