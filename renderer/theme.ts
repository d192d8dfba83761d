import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { surfaces } from './widgets/palette'

const accent: MantineColorsTuple = [
  '#edf2fd',
  '#dbe5fb',
  '#b8cbf6',
  '#9db8ff',
  '#7ea2ff',
  '#4f7be6',
  '#2f5fd0',
  '#274fae',
  '#1f408c',
  '#17306a',
]

const dark: MantineColorsTuple = [
  '#e6eaf0',
  '#c3cad4',
  '#9aa5b4',
  '#748091',
  '#38414e',
  '#2d3541',
  '#1f2630',
  '#181d25',
  '#11151b',
  '#0b0e13',
]

/** What the system has; nothing is fetched. */
export const fontFamily = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", "DejaVu Sans", sans-serif'

/** Choices open beside their field, so that they stand in the region of the page that they belong to. */
const comboboxProps = { withinPortal: false }
/** The list of choices scrolls itself: its keys are the field's, so that nothing within needs the focus. */
const choices = {
  size: 'xs',
  comboboxProps,
  withScrollArea: false,
  styles: { options: { maxHeight: 260, overflowY: 'auto' } },
} as const

/** Dense: one type scale around 13 pixels, one spacing scale in steps of 4. */
export const theme = createTheme({
  fontFamily,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h2: { fontSize: '0.8125rem', lineHeight: '1.4' },
      h3: { fontSize: '0.8125rem', lineHeight: '1.4' },
    },
  },
  colors: { accent, dark },
  primaryColor: 'accent',
  primaryShade: 6,
  defaultRadius: 'sm',
  radius: { sm: '5px', md: '8px' },
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', c: 'dimmed' } },
    Select: { defaultProps: { ...choices, allowDeselect: false } },
    MultiSelect: { defaultProps: choices },
    TagsInput: { defaultProps: choices },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 400, multiline: true } },
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
  },
})

export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...surfaceVariables('light'),
    '--mantine-color-dimmed': surfaces.light.dim,
    '--mantine-color-placeholder': surfaces.light.dim,
    '--mantine-color-text': surfaces.light.ink,
    '--mantine-color-error': '#b3261e',
    '--topn-good': '#0f6e40',
    '--topn-warn': '#8a4b00',
    '--topn-row': '#eef3fd',
    '--topn-accent': '#2f5fd0',
    '--topn-accent-soft': '#e8eefc',
  },
  dark: {
    ...surfaceVariables('dark'),
    '--mantine-color-dimmed': surfaces.dark.dim,
    '--mantine-color-placeholder': surfaces.dark.dim,
    '--mantine-color-text': surfaces.dark.ink,
    '--mantine-color-error': '#ff8a80',
    '--topn-good': '#5fd39a',
    '--topn-warn': '#f0b45a',
    '--topn-row': '#1d2840',
    '--topn-accent': '#7ea2ff',
    '--topn-accent-soft': '#1d2a47',
    '--mantine-color-accent-light': '#1f3058',
    '--mantine-color-accent-light-hover': '#263a69',
    '--mantine-color-accent-light-color': '#b8cbf6',
  },
})

function surfaceVariables(scheme: keyof typeof surfaces): Record<string, string> {
  const { ground, panel, line, ink, dim, chip } = surfaces[scheme]
  return {
    '--topn-ground': ground,
    '--topn-panel': panel,
    '--topn-line': line,
    '--topn-ink': ink,
    '--topn-dim': dim,
    '--topn-chip': chip,
  }
}
