import { AppError } from '@signalbox/domain/error/app-error';
import { type InfraSettings, parseInfraFile } from '@signalbox/domain/provisioning/infra-file';
import { type InfraPlace, readSettings, usualSettings } from './infra-files.ts';

/**
 * What a text says about an infra.
 * @param pointer the member of the body that named it
 * @throws AppError invalid_input with the line of each fault
 */
export function judgeSettings(text: string, pointer: string): InfraSettings {
  const read = parseInfraFile(text);
  if ('settings' in read) return read.settings;
  const errors = read.problems.map(({ line, message }) => ({ pointer, detail: `Line ${line}: ${message}` }));
  throw new AppError({ code: 'invalid_input', errors });
}

/**
 * What a settings file of an infra says now.
 * @throws AppError invalid_input where the path leads to no such file, or the file is not understood
 */
export async function settingsOf(place: InfraPlace, path: string): Promise<InfraSettings> {
  const text = await readSettings(place, path);
  if (text !== null) return judgeSettings(text, '/settings');
  const detail =
    path === usualSettings
      ? `names ${usualSettings}, which ${place.infra} does not have yet: PUT /v1/infras/${place.infra}/settings writes it`
      : 'leads to no settings file of this infra: names below it, UTF-8, at most 64 KiB';
  throw new AppError({ code: 'invalid_input', errors: [{ pointer: '/settings', detail }] });
}
