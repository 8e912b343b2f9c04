<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!--
  Research data as a bar chart, an SVG as wide as the text (108 mm).

  Columns where every label and number fits below and above its column (years),
  else bars with the labels at their left, in lines of their own.  Every bar
  carries its number, so that no axis has to be read; one dark ink on white and
  the lengths alone say everything, so the chart works without colour.  A gap is
  a dash over a dotted place, never a bar of no length.

  XSLT cannot measure text: a character of the label face counts as half the
  size, which is a little more than it is on the average.

  The input is the view of src/facts/research.c.  Lengths are points.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns="http://www.w3.org/2000/svg" xmlns:t="urn:vadovas:theme"
  exclude-result-prefixes="t">
  <xsl:output method="xml" indent="no"/>

  <xsl:variable name="theme" select="document('theme.xml')/t:theme"/>
  <xsl:variable name="ink" select="string($theme/t:ink[@name = 'text']/@rgb)"/>
  <xsl:variable name="bar" select="string($theme/t:ink[@name = 'accent']/@rgb)"/>
  <xsl:variable name="rule" select="string($theme/t:ink[@name = 'rule']/@rgb)"/>
  <xsl:variable name="face" select="string($theme/t:family[@name = 'head']/@value)"/>

  <xsl:variable name="width" select="306"/>
  <xsl:variable name="size" select="8.5"/>
  <xsl:variable name="em" select="$size * 0.5"/>
  <xsl:variable name="line" select="11"/>
  <xsl:variable name="head">
    <xsl:choose>
      <xsl:when test="/research/measure"><xsl:value-of select="$line * 1.6"/></xsl:when>
      <xsl:otherwise>2</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:variable name="rows" select="count(/research/row)"/>
  <xsl:variable name="slot" select="$width div $rows"/>
  <xsl:variable name="longest-label">
    <xsl:for-each select="/research/row">
      <xsl:sort select="string-length(@label)" data-type="number" order="descending"/>
      <xsl:if test="position() = 1"><xsl:value-of select="string-length(@label)"/></xsl:if>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="longest-text">
    <xsl:for-each select="/research/row">
      <xsl:sort select="string-length(@text)" data-type="number" order="descending"/>
      <xsl:if test="position() = 1"><xsl:value-of select="string-length(@text)"/></xsl:if>
    </xsl:for-each>
  </xsl:variable>

  <!-- zero belongs to every chart: bars are lengths -->
  <xsl:variable name="least">
    <xsl:choose>
      <xsl:when test="/research/@least &lt; 0"><xsl:value-of select="/research/@least"/></xsl:when>
      <xsl:otherwise>0</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="most">
    <xsl:choose>
      <xsl:when test="/research/@most &gt; 0"><xsl:value-of select="/research/@most"/></xsl:when>
      <xsl:otherwise>0</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="range">
    <xsl:choose>
      <xsl:when test="$most - $least &gt; 0"><xsl:value-of select="$most - $least"/></xsl:when>
      <xsl:otherwise>1</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:template match="/research">
    <xsl:choose>
      <xsl:when test="$longest-label * $em &lt;= $slot - 1 and $longest-text * $em &lt;= $slot - 1
          and $least = 0">
        <xsl:call-template name="columns"/>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="bars"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ============ columns ============ -->

  <xsl:template name="columns">
    <xsl:variable name="height" select="118"/>
    <xsl:variable name="base" select="$head + $line + $height"/>
    <!-- a column is no wider than a thumb, however few there are -->
    <xsl:variable name="wide">
      <xsl:choose>
        <xsl:when test="$slot * 0.62 &gt; 30">30</xsl:when>
        <xsl:otherwise><xsl:value-of select="$slot * 0.62"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:call-template name="drawing">
      <xsl:with-param name="height" select="$base + $line + 5"/>
      <xsl:with-param name="content">
        <xsl:for-each select="row">
          <xsl:variable name="middle" select="$slot * (position() - 0.5)"/>
          <xsl:variable name="long" select="$height * @value div $range"/>
          <xsl:choose>
            <xsl:when test="@value">
              <rect x="{format-number($middle - $wide div 2, '0.##')}" width="{format-number($wide, '0.##')}"
                y="{format-number($base - $long, '0.##')}" height="{format-number($long, '0.##')}" fill="{$bar}"/>
              <text x="{format-number($middle, '0.##')}" y="{format-number($base - $long - 3.5, '0.##')}"
                text-anchor="middle"><xsl:value-of select="@text"/></text>
            </xsl:when>
            <xsl:otherwise>
              <rect x="{format-number($middle - $wide div 2, '0.##')}" width="{format-number($wide, '0.##')}"
                y="{format-number($base - $line * 1.4, '0.##')}" height="{format-number($line * 1.4, '0.##')}"
                fill="none" stroke="{$rule}" stroke-width="0.6" stroke-dasharray="1 2"/>
              <text x="{format-number($middle, '0.##')}" y="{format-number($base - 4.5, '0.##')}"
                text-anchor="middle"><xsl:value-of select="@text"/></text>
            </xsl:otherwise>
          </xsl:choose>
          <text x="{format-number($middle, '0.##')}" y="{format-number($base + $line, '0.##')}"
            text-anchor="middle"><xsl:value-of select="@label"/></text>
        </xsl:for-each>
        <line x1="0" x2="{$width}" y1="{format-number($base, '0.##')}" y2="{format-number($base, '0.##')}"
          stroke="{$ink}" stroke-width="0.6"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ============ bars ============ -->

  <xsl:template name="bars">
    <!-- the labels take up to 45 % of the width, in lines of this length -->
    <xsl:variable name="label-width">
      <xsl:choose>
        <xsl:when test="$longest-label * $em &gt; $width * 0.45"><xsl:value-of select="$width * 0.45"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$longest-label * $em"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="measure" select="floor($label-width div $em + 0.01)"/>
    <!-- the lines of every label, as bars in a row; "/" parts the labels -->
    <xsl:variable name="broken-labels">
      <xsl:for-each select="row">
        <xsl:variable name="broken">
          <xsl:call-template name="break">
            <xsl:with-param name="text" select="normalize-space(@label)"/>
            <xsl:with-param name="measure" select="$measure"/>
          </xsl:call-template>
        </xsl:variable>
        <xsl:value-of select="concat(translate($broken, translate($broken, '|', ''), ''), '/')"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="lines">
      <xsl:choose>
        <xsl:when test="contains($broken-labels, '||||')">4</xsl:when>
        <xsl:when test="contains($broken-labels, '|||')">3</xsl:when>
        <xsl:when test="contains($broken-labels, '||')">2</xsl:when>
        <xsl:otherwise>1</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="pitch">
      <xsl:choose>
        <xsl:when test="$lines &gt; 1"><xsl:value-of select="$line * $lines + 5"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$line + 6"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="left" select="$label-width + 7"/>
    <xsl:variable name="room" select="$width - $left - ($longest-text + 1) * $em - 4"/>
    <xsl:variable name="zero" select="$left - $room * $least div $range"/>
    <xsl:call-template name="drawing">
      <xsl:with-param name="height" select="$head + $pitch * $rows + 3"/>
      <xsl:with-param name="content">
        <xsl:for-each select="row">
          <xsl:variable name="middle" select="$head + $pitch * (position() - 0.5)"/>
          <xsl:variable name="long" select="$room * @value div $range"/>
          <xsl:call-template name="label">
            <xsl:with-param name="text" select="normalize-space(@label)"/>
            <xsl:with-param name="measure" select="$measure"/>
            <xsl:with-param name="x" select="$label-width"/>
            <xsl:with-param name="middle" select="$middle"/>
          </xsl:call-template>
          <xsl:choose>
            <xsl:when test="@value &lt; 0">
              <rect x="{format-number($zero + $long, '0.##')}" width="{format-number(-$long, '0.##')}"
                y="{format-number($middle - 5.5, '0.##')}" height="11" fill="{$bar}"/>
            </xsl:when>
            <xsl:when test="@value">
              <rect x="{format-number($zero, '0.##')}" width="{format-number($long, '0.##')}"
                y="{format-number($middle - 5.5, '0.##')}" height="11" fill="{$bar}"/>
            </xsl:when>
            <xsl:otherwise>
              <rect x="{format-number($zero, '0.##')}" width="{$line * 2}" y="{format-number($middle - 5.5, '0.##')}"
                height="11" fill="none" stroke="{$rule}" stroke-width="0.6" stroke-dasharray="1 2"/>
            </xsl:otherwise>
          </xsl:choose>
          <xsl:variable name="end">
            <xsl:choose>
              <xsl:when test="@value &gt; 0"><xsl:value-of select="$zero + $long + 4"/></xsl:when>
              <xsl:when test="@value"><xsl:value-of select="$zero + 4"/></xsl:when>
              <xsl:otherwise><xsl:value-of select="$zero + $line * 2 + 4"/></xsl:otherwise>
            </xsl:choose>
          </xsl:variable>
          <text x="{format-number($end, '0.##')}" y="{format-number($middle + 3, '0.##')}"><xsl:value-of select="@text"/></text>
        </xsl:for-each>
        <line x1="{format-number($zero, '0.##')}" x2="{format-number($zero, '0.##')}" y1="{format-number($head, '0.##')}"
          y2="{format-number($head + $pitch * $rows, '0.##')}" stroke="{$ink}" stroke-width="0.6"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- a label at the right of its column, broken at spaces, its lines in the
       middle of the bar's height -->
  <xsl:template name="label">
    <xsl:param name="text"/>
    <xsl:param name="measure"/>
    <xsl:param name="x"/>
    <xsl:param name="middle"/>
    <xsl:variable name="broken">
      <xsl:call-template name="break">
        <xsl:with-param name="text" select="$text"/>
        <xsl:with-param name="measure" select="$measure"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="count" select="string-length($broken) - string-length(translate($broken, '|', ''))"/>
    <xsl:call-template name="label-lines">
      <xsl:with-param name="rest" select="string($broken)"/>
      <xsl:with-param name="x" select="$x"/>
      <xsl:with-param name="y" select="$middle + 3 - ($count - 1) * $line div 2"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template name="label-lines">
    <xsl:param name="rest"/>
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:if test="contains($rest, '|')">
      <text x="{format-number($x, '0.##')}" y="{format-number($y, '0.##')}" text-anchor="end"><xsl:value-of
        select="substring-before($rest, '|')"/></text>
      <xsl:call-template name="label-lines">
        <xsl:with-param name="rest" select="substring-after($rest, '|')"/>
        <xsl:with-param name="x" select="$x"/>
        <xsl:with-param name="y" select="$y + $line"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- lines of at most $measure characters, each with a bar behind it -->
  <xsl:template name="break">
    <xsl:param name="text"/>
    <xsl:param name="measure"/>
    <xsl:param name="so-far"/>
    <xsl:variable name="word" select="substring-before(concat($text, ' '), ' ')"/>
    <xsl:choose>
      <xsl:when test="$text = ''"><xsl:value-of select="concat($so-far, '|')"/></xsl:when>
      <xsl:when test="$so-far = '' or string-length($so-far) + 1 + string-length($word) &lt;= $measure">
        <xsl:call-template name="break">
          <xsl:with-param name="text" select="substring-after($text, ' ')"/>
          <xsl:with-param name="measure" select="$measure"/>
          <xsl:with-param name="so-far" select="normalize-space(concat($so-far, ' ', translate($word, '|', '/')))"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="concat($so-far, '|')"/>
        <xsl:call-template name="break">
          <xsl:with-param name="text" select="$text"/>
          <xsl:with-param name="measure" select="$measure"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ============ the drawing around both ============ -->

  <xsl:template name="drawing">
    <xsl:param name="height"/>
    <xsl:param name="content"/>
    <svg width="{$width}pt" height="{format-number($height, '0.##')}pt"
      viewBox="0 0 {$width} {format-number($height, '0.##')}" font-family="{$face}" font-size="{$size}" fill="{$ink}">
      <xsl:if test="/research/measure">
        <text x="0" y="{$size}" font-style="italic"><xsl:value-of select="/research/measure"/></text>
      </xsl:if>
      <xsl:copy-of select="$content"/>
    </svg>
  </xsl:template>
</xsl:stylesheet>
