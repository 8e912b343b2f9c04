#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the two raster figures of the manual from drawings given here as SVG, so
# that they can be made again at another resolution. Both are wordless: every
# edition may print them. Needs rsvg-convert and pnmtojpeg, pngtopnm (netpbm).
set -eu
cd "$(dirname "$0")"

rsvg-convert -w 1060 -b white -o patalpu-planas.png <<'SVG'
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 106 60" font-family="Linux Biolinum O" font-size="6" text-anchor="middle">
  <g fill="#fff" stroke="#000" stroke-width="1.2">
    <rect x="2" y="2" width="102" height="56"/>
    <path d="M2 26 H30 M38 26 H66 M74 26 H104 M2 36 H48 M56 36 H70 M78 36 H104 M54 2 V26 M62 36 V58" fill="none"/>
  </g>
  <g fill="#ccc" stroke="#000" stroke-width="0.4">
    <rect x="5" y="4" width="5" height="9"/><rect x="13" y="4" width="5" height="9"/><rect x="21" y="4" width="5" height="9"/>
    <rect x="29" y="4" width="5" height="9"/><rect x="37" y="4" width="5" height="9"/><rect x="45" y="4" width="5" height="9"/>
    <rect x="60" y="4" width="16" height="5"/><circle cx="64" cy="6.5" r="1.4"/><circle cx="68" cy="6.5" r="1.4"/>
    <rect x="14" y="44" width="18" height="8"/><rect x="52" y="50" width="6" height="6"/><circle cx="55" cy="53" r="1.5"/>
    <rect x="92" y="42" width="8" height="13"/>
  </g>
  <path d="M2 28 V34" stroke="#fff" stroke-width="1.4"/>
  <path d="M104 40 V50" stroke="#fff" stroke-width="1.4"/><path d="M103.4 40 V50 M104.6 40 V50" stroke="#000" stroke-width="0.3"/>
  <g fill="none" stroke="#000" stroke-width="0.5"><path d="M30 26 A8 8 0 0 1 38 18"/><path d="M38 18 V26"/></g>
  <g fill="#000"><rect x="28.2" y="26.8" width="3.4" height="2.6"/><path d="M28.9 26.8 v-1 a1 1 0 0 1 2 0 v1" fill="none" stroke="#000" stroke-width="0.5"/></g>
  <text x="20" y="21">A</text><text x="80" y="20">B</text><text x="40" y="48">C</text><text x="76" y="50">D</text>
</svg>
SVG

rsvg-convert -w 900 -b white <<'SVG' | pngtopnm | ppmtopgm | pnmtojpeg -grayscale -quality 80 >skolu-lapelis.jpg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 58">
  <defs>
    <pattern id="squares" width="5" height="5" patternUnits="userSpaceOnUse"><path d="M5 0 H0 V5" fill="none" stroke="#aaa" stroke-width="0.25"/></pattern>
    <linearGradient id="light" x2="1" y2="1"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#d2d2d2"/></linearGradient>
  </defs>
  <rect width="90" height="58" fill="#8a8a8a"/>
  <g transform="rotate(-2 45 29)">
    <path d="M8 3 H82 L81 54 L66 53 L52 55 L37 53.5 L22 55 L9 54 Z" fill="#555" transform="translate(1 1)"/>
    <path d="M8 3 H82 L81 54 L66 53 L52 55 L37 53.5 L22 55 L9 54 Z" fill="url(#light)"/>
    <path d="M8 3 H82 L81 54 L66 53 L52 55 L37 53.5 L22 55 L9 54 Z" fill="url(#squares)"/>
    <g font-family="Linux Libertine O" font-style="italic" font-size="5.4" fill="#222">
      <text x="14" y="12" transform="rotate(-1 14 12)">03-01</text><text x="40" y="12">−650</text><text x="62" y="12.4">650</text>
      <text x="14" y="19">03-04</text><text x="40" y="19.2">−120</text><text x="62" y="19">770</text>
      <text x="14" y="26" transform="rotate(1 14 26)">03-10</text><text x="40" y="26">−200</text><text x="62" y="26.3">970</text>
      <text x="14" y="33">03-17</text><text x="40" y="33">−200</text><text x="62" y="33">1170</text>
      <text x="14" y="40" transform="rotate(-1 14 40)">03-21</text><text x="40" y="40.2">−530</text><text x="62" y="40">1700</text>
      <text x="14" y="47">03-31</text><text x="40" y="47">−200</text><text x="62" y="47.4" font-weight="bold">1900</text>
    </g>
    <path d="M60 49 q6 1 15 -0.4 M60 50.2 q7 0.6 15 -0.3" fill="none" stroke="#222" stroke-width="0.5"/>
  </g>
</svg>
SVG
