<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!-- Numbers: chapters 1 2 3, annexes A B, sections 3.2, figures and tables by
     chapter (3.1), so that a new figure moves no number of another chapter. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <!-- a chapter shares its id with its heading, which is what is meant -->
  <xsl:key name="id" match="*[@id][not(self::chapter)]" use="@id"/>
  <xsl:key name="note-refs" match="note-ref" use="@ref"/>
  <xsl:key name="callers" match="note-ref" use="generate-id(ancestor::chapter[1])"/>

  <xsl:template match="chapter" mode="number">
    <xsl:choose>
      <xsl:when test="@role = 'annex'">
        <xsl:number value="count(preceding-sibling::chapter[@role = 'annex']) + 1" format="A"/>
      </xsl:when>
      <xsl:when test="@role = 'front' or @role = 'form'"/>
      <xsl:otherwise>
        <xsl:value-of select="count(preceding-sibling::chapter[not(@role) or @role = 'chapter']) + 1"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="heading" mode="number">
    <xsl:variable name="chapter">
      <xsl:apply-templates select="ancestor::chapter[1]" mode="number"/>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="string($chapter) = ''"/>
      <xsl:when test="@level = 1"><xsl:value-of select="$chapter"/></xsl:when>
      <xsl:when test="@level = 2">
        <xsl:value-of select="concat($chapter, '.', count(preceding-sibling::heading[@level = 2]) + 1)"/>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="figure" mode="number">
    <xsl:call-template name="chapter-number">
      <xsl:with-param name="own" select="count(preceding-sibling::figure) + 1"/>
    </xsl:call-template>
  </xsl:template>

  <!-- only tables with a caption are numbered -->
  <xsl:template match="table" mode="number">
    <xsl:call-template name="chapter-number">
      <xsl:with-param name="own" select="count(preceding-sibling::caption) + 1"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="chapter-number">
    <xsl:param name="own"/>
    <xsl:variable name="chapter">
      <xsl:apply-templates select="ancestor::chapter[1]" mode="number"/>
    </xsl:variable>
    <xsl:if test="string($chapter) != ''"><xsl:value-of select="concat($chapter, '.')"/></xsl:if>
    <xsl:value-of select="$own"/>
  </xsl:template>

  <!-- footnotes: by chapter, in the order of their first callers -->
  <xsl:template match="note-ref" mode="number">
    <xsl:variable name="first" select="key('note-refs', @ref)[1]"/>
    <xsl:variable name="id" select="generate-id($first)"/>
    <xsl:for-each select="key('callers', generate-id($first/ancestor::chapter[1]))
        [generate-id() = generate-id(key('note-refs', @ref)[1])]">
      <xsl:if test="generate-id() = $id"><xsl:value-of select="position()"/></xsl:if>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
