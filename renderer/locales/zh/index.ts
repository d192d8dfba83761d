import { metrics } from '../../../main/contract/texts/zh/metrics'
import type { Texts } from '../en'
import { board } from './board'
import { cards } from './cards'
import { charts } from './charts'
import { commands } from './commands'
import { compare } from './compare'
import { compareCharts } from './compare-charts'
import { control } from './control'
import { data } from './data'
import { definitions } from './definitions'
import { devices } from './devices'
import { elsewhere } from './elsewhere'
import { ensemble } from './ensemble'
import { exporting } from './exports'
import { features } from './features'
import { imports } from './import'
import { maps } from './map'
import { metricChoice } from './metric-choice'
import { overlap } from './overlap'
import { privacy } from './privacy'
import { profile } from './profile'
import { recipe } from './recipe'
import { run } from './run'
import { sandbox } from './sandbox'
import { segments } from './segments'
import { shell } from './shell'
import { significance } from './significance'
import { split } from './split'
import { train } from './train'
import { tune } from './tune'
import { users } from './users'
import { values } from './values'

/** 简体中文。 */
export const zh: Texts = {
  ...shell,
  ...commands,
  ...charts,
  ...control,
  ...devices,
  ...data,
  ...elsewhere,
  ...ensemble,
  ...exporting,
  ...features,
  ...imports,
  ...profile,
  ...privacy,
  ...recipe,
  ...split,
  ...train,
  ...tune,
  ...cards,
  ...compare,
  ...board,
  ...compareCharts,
  ...metrics,
  ...definitions,
  ...metricChoice,
  ...overlap,
  ...significance,
  ...segments,
  ...run,
  ...maps,
  ...users,
  ...sandbox,
  ...values,
}
