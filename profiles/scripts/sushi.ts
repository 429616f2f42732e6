// Runs SUSHI on a project folder in this process, with the steps of its command line. The command itself
// cannot be used: it asks npm for a newer version at each run, and warns when there is no network.
import { resolve } from 'node:path';
import { fhirdefs, sushiExport, utils } from 'fsh-sushi';
import { IGExporter, loadPredefinedResources } from 'fsh-sushi/dist/ig/index.js';

/** The errors and warnings that SUSHI printed. */
export interface SushiResult {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Compiles the SUSHI project in `folder` with snapshots into `<folder>/fsh-generated`. FHIR packages
 * come only from `<home>/.fhir/packages`.
 */
export async function runSushi(folder: string, home: string): Promise<SushiResult> {
  process.env.HOME = home;
  process.env.USERPROFILE = home;
  utils.logger.level = 'warn';
  utils.errorsAndWarnings.reset();
  utils.errorsAndWarnings.shouldTrack = true;
  try {
    await compile(folder);
  } catch (error) {
    utils.logger.error(`SUSHI stopped: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { errors, warnings } = utils.errorsAndWarnings;
  return {
    errors: errors.map((entry) => entry.message),
    warnings: warnings.map((entry) => entry.message),
  };
}

async function compile(folder: string): Promise<void> {
  const input = utils.findInputDir(folder);
  const outFolder = utils.ensureOutputDir(input, folder);
  const config = utils.readConfig(folder);
  const tank = utils.fillTank(utils.getRawFSHes(input), config);
  tank.checkDuplicateNameEntities();
  const definitions = await fhirdefs.createFHIRDefinitions();
  await utils.loadExternalDependencies(definitions, config);
  await loadPredefinedResources(definitions, resolve(input, '..'), folder, config.parameters);
  definitions.optimize();
  const outPackage = sushiExport.exportFHIR(tank, definitions);
  utils.writeFHIRResources(outFolder, outPackage, definitions, true);
  new IGExporter(outPackage, definitions, folder).export(outFolder);
}
