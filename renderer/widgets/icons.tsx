import type { ReactNode } from 'react'

interface IconProps {
  size?: number
}

/** Drawn on a grid of 16, in the colour of the text; decoration only, so that labels always stand beside them. */
function Icon({ size = 16, children }: IconProps & { children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

export function SidebarIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2.5 3h11v10h-11zM6 3v10" />
    </Icon>
  )
}

export function DataIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <ellipse cx="8" cy="3.6" rx="5" ry="2" />
      <path d="M3 3.6v8.8c0 1.1 2.2 2 5 2s5-.9 5-2V3.6M3 8c0 1.1 2.2 2 5 2s5-.9 5-2" />
    </Icon>
  )
}

export function TrainIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2 13.5c3 0 3.5-9 6-9s2 5 6 5M2 2.5v11h12" />
    </Icon>
  )
}

export function CompareIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2.5 4h11M2.5 8h7.5M2.5 12h4.5" strokeWidth="2" />
    </Icon>
  )
}

export function TuneIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M4 2.5v5M4 10.5v3M8 2.5v2M8 7.5v6M12 2.5v6M12 11.5v2M2.5 7.5h3M6.5 4.5h3M10.5 11.5h3" />
    </Icon>
  )
}

export function MapIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path
        d="M4 11.5h.01M6 9h.01M3.5 8h.01M10.5 4h.01M12.5 5.5h.01M9 6h.01M11 12.5h.01M13 10.5h.01"
        strokeWidth="2.4"
      />
    </Icon>
  )
}

export function UsersIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <circle cx="6" cy="5.2" r="2.4" />
      <path d="M1.8 13.2c.3-2.6 2-4 4.2-4s3.9 1.4 4.2 4M10.6 3.2a2.3 2.3 0 0 1 0 4.3M12 9.7c1.3.5 2 1.7 2.2 3.5" />
    </Icon>
  )
}

export function FileIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M4 1.8h5l3.2 3.2v9.2H4zM9 1.8V5h3.2" />
    </Icon>
  )
}

export function FolderIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M1.8 12.8V3.5h4.4l1.5 1.8h6.5v7.5z" />
    </Icon>
  )
}

export function GripIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M6 3.5h.1M10 3.5h.1M6 8h.1M10 8h.1M6 12.5h.1M10 12.5h.1" strokeWidth="2" />
    </Icon>
  )
}

export function DeleteIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2.5 4.2h11M6.2 4V2.4h3.6V4M4 4.2l.7 9.4h6.6l.7-9.4M6.6 6.8v4.4M9.4 6.8v4.4" />
    </Icon>
  )
}

export function CancelIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M4 4l8 8M12 4l-8 8" />
    </Icon>
  )
}

export function PauseIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M5.500 3.500v9M10.500 3.500v9" strokeWidth="2" />
    </Icon>
  )
}

export function ResumeIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M4.500 3l8 5-8 5z" />
    </Icon>
  )
}

export function CheckIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M3 8.5l3.3 3.3L13 4.8" strokeWidth="1.8" />
    </Icon>
  )
}

export function DownloadIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M8 2v8M4.8 7L8 10.2 11.2 7M2.5 13.5h11" />
    </Icon>
  )
}

export function SunIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1" />
    </Icon>
  )
}

export function MoonIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M13.2 9.8A5.6 5.6 0 0 1 6.2 2.8a5.6 5.6 0 1 0 7 7z" />
    </Icon>
  )
}

export function BellIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M3.2 11.5c1-1 1.2-2.2 1.2-4.4a3.6 3.6 0 0 1 7.2 0c0 2.2.2 3.4 1.2 4.4zM6.7 13.6c.3.5.7.7 1.3.7s1-.2 1.3-.7" />
    </Icon>
  )
}

export function ListIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.1M2.5 8h.1M2.5 12h.1" />
    </Icon>
  )
}

export function ChartIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2.5 2.5v11h11M5 10l2.5-3 2.5 1.5 3-4" />
    </Icon>
  )
}

export function EditIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2.5 13.5l.7-3L10.6 3.100l2.3 2.3-7.4 7.400zM9.2 4.500l2.3 2.3" />
    </Icon>
  )
}

export function CopyIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M5.5 5.5h8v8h-8zM10.5 5.500v-3h-8v8h3" />
    </Icon>
  )
}

export function AgainIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M13 8a5 5 0 1 1-1.6-3.700M13.2 1.800v3h-3" />
    </Icon>
  )
}

export function InspectorIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2 3h12v10H2zM10 3v10" />
    </Icon>
  )
}

export function LogIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M3 3.500h10M3 6.500h7M3 9.500h10M3 12.500h5" />
    </Icon>
  )
}

export function FilterIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2 3h12L9.500 8.500v4.500l-3-1.500v-3z" />
    </Icon>
  )
}

export function PinIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M5.500 2h5M6.500 2v4.500L4.500 9h7L9.500 6.500V2M8 9v5" />
    </Icon>
  )
}

export function ColumnsIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M2.500 3h11v10h-11zM6.200 3v10M9.900 3v10" />
    </Icon>
  )
}
