<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!-- The index: terms in two levels under letters, with the pages they stand on.
     Lines that run on hang deeper than both levels. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:vad="urn:vadovas:fo">

  <xsl:template match="index">
    <fo:block xsl:use-attribute-sets="small" text-indent="0pt" hyphenate="false" role="Index"
      space-before="{$line}">
      <xsl:apply-templates select="." mode="spine"/>
      <xsl:apply-templates select="letter"/>
    </fo:block>
  </xsl:template>

  <xsl:template match="letter">
    <xsl:if test="@title != ''">
      <fo:block role="P" font-size="11pt" line-height="{$line}" font-weight="700" color="{$ink-accent}"
        keep-with-next.within-column="always">
        <xsl:if test="position() != 1">
          <xsl:attribute name="space-before.minimum">
            <xsl:value-of select="$line"/> * 0.6</xsl:attribute>
          <xsl:attribute name="space-before.optimum">
            <xsl:value-of select="$line"/> * 0.8</xsl:attribute>
          <xsl:attribute name="space-before.maximum">
            <xsl:value-of select="$line"/> * 1.2</xsl:attribute>
        </xsl:if>
        <xsl:value-of select="@title"/>
      </fo:block>
    </xsl:if>
    <xsl:apply-templates select="entry"/>
  </xsl:template>

  <xsl:template match="entry">
    <xsl:variable name="indent" select="26 - 12 * count(ancestor::entry)"/>
    <!-- the only one of the second level stands on the line of the first -->
    <xsl:variable name="is-alone" select="not(at) and count(entry) = 1"/>
    <fo:block role="P" start-indent="26pt" text-indent="-{$indent}pt" space-before="0.6pt">
      <!-- a term is not parted from the first of its second level -->
      <xsl:if test="entry and not($is-alone)">
        <xsl:attribute name="keep-with-next.within-column">always</xsl:attribute>
      </xsl:if>
      <xsl:value-of select="term"/>
      <xsl:choose>
        <xsl:when test="$is-alone">
          <xsl:text>, </xsl:text>
          <xsl:value-of select="entry/term"/>
          <xsl:apply-templates select="entry" mode="pages"/>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates select="." mode="pages"/></xsl:otherwise>
      </xsl:choose>
    </fo:block>
    <xsl:if test="not($is-alone)"><xsl:apply-templates select="entry"/></xsl:if>
  </xsl:template>

  <xsl:template match="entry[not(at)]" mode="pages"/>
  <xsl:template match="entry" mode="pages">
    <xsl:text>&#x2002;</xsl:text>
    <fo:index-page-citation-list>
      <xsl:for-each select="at"><fo:index-key-reference ref-index-key="{@ref}"/></xsl:for-each>
    </fo:index-page-citation-list>
  </xsl:template>
</xsl:stylesheet>
