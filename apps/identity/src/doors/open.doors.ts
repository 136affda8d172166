import type { Type } from '@nestjs/common';
import { BrowserModule } from './browser/browser.module.js';
import { DeviseKeyModule } from './devise-key/devise-key.module.js';
import { DoorkeeperModule } from './doorkeeper/doorkeeper.module.js';
import { KnockModule } from './knock/knock.module.js';
import type { LegacyDoor } from './legacy.doors.js';

const DOORS: Partial<Record<LegacyDoor, Type>> = {
  knock: KnockModule,
  doorkeeper: DoorkeeperModule,
  'devise-key': DeviseKeyModule,
  browser: BrowserModule,
};

/** The modules of the doors that are open; the routes of the others do not exist. */
export function openDoors(doors: readonly LegacyDoor[]): Type[] {
  return doors.map((door) => DOORS[door]).filter((module) => module !== undefined);
}
